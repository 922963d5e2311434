"""Giving a lecture: scenes put up one after the other, what the hall reads, what the speaker reads."""
