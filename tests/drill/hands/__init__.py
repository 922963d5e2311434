"""Who sits at the window during the drill. These run inside the program's own process."""
