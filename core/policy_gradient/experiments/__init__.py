"""Experiments: variants of the algorithm, many seeds of each, side by side with bands of confidence."""
