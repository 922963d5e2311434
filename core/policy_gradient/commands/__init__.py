"""What is typed in a terminal: the command, and what it says of a run."""
