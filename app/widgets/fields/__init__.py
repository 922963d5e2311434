"""What one types or chooses in."""
