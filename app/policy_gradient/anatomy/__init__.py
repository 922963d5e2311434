"""Anatomy of an update: one episode, step by step, and what the agent learned from it."""
