"""What leaves the attention tab: pictures, numbers, captions, and sessions to open again."""
