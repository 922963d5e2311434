"""Dates and numbers as people write them, in Chinese and English, to the one form of ISO 8601."""
