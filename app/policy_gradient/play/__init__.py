"""Hands on: a person plays beside the agent, or pushes it."""
