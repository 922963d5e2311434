"""What each tab has open, as the File menu and the window's title know it; and files that are dropped."""
