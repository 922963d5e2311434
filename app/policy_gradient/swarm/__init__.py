"""The swarm: all carts of a batch at once."""
