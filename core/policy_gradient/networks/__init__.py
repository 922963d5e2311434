"""What networks are made of beside the policy itself."""
