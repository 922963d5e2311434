"""What the program says: over the window while it is new, in a list afterwards."""
