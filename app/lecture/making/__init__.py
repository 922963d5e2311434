"""Making a lecture: its scenes in a list, every change of which can be undone."""
