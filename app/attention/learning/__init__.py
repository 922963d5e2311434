"""Training a small model of attention in the window, its map sharpening while one looks."""
