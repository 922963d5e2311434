"""The first minutes: three live cards, and three hints that point at the one thing to do."""
