"""From a key to the disk: session, decisions, and the queue of what waits to be written."""
