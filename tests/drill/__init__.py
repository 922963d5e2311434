"""The drill: the real program under kills, full disks, files of strangers and hands that press anything (docs/drill.md)."""
