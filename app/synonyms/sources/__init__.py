"""Where pairs come from: the store and the mining."""
