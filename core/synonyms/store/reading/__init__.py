"""Rows as they come from a store: checked, and with no more of others' answers than may be seen."""
