"""Finished runs: the shelf they stand on, and the files they come from."""
