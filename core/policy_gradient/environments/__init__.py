"""What a policy plays in: one environment, many at once, and what is known of them by name."""
