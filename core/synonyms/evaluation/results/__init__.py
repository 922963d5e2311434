"""What an evaluation came to: kept on disk, ranked pair by pair, written as a table."""
