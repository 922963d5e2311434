"""What can stand on the stage, one file a view."""
