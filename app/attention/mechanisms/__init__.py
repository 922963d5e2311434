"""The survey's mechanisms as views: each computes on what was typed, in one calm family of drawings."""
