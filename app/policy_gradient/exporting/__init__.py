"""What leaves the pages: their plots as pictures and numbers, and the window as a video."""
