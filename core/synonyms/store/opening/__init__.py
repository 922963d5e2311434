"""What is done when a store is opened: its own name, and taking away one that was made for nothing."""
