"""Episodes of a run again, side by side."""
