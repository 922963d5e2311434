"""Pictures of an agent and its environment: pure functions of numbers, for any painter at any size."""
