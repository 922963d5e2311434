"""What is known of a pair."""
