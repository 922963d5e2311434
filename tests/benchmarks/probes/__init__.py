"""What runs in a process of its own for one measurement; each function returns what JSON can hold."""
