"""Copying what a page shows, by key, by right click and by the menu key: the same offer on every page."""
