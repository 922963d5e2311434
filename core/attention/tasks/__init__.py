"""What a worker is asked for, one file an answer."""
