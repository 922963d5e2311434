"""The methods page: every method on the same pairs, as a table and as curves, with a threshold to be moved."""
