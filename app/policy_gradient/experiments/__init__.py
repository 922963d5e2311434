"""The experiments page: variants of the algorithm, many seeds of each, and what they came to."""
