"""Movement where it means something."""
