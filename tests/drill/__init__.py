"""The drill: the real program under kills, full disks, strangers' files and random keys (docs/drill.md)."""
