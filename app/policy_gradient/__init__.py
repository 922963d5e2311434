"""The policy gradient tab: CartPole learning live."""
