"""What the main window is assembled from, beside the tabs."""
