"""A training that is watched: what it says while it goes on, and how it is driven."""
