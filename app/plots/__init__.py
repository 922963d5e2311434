"""Curves and axes that more than one tab shows."""
