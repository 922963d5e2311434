"""All pairs as a table."""
