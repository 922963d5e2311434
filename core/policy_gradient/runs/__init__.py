"""Runs as things: what one came to in memory, and as a folder that is opened again."""
