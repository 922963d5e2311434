"""One pair at a time."""
