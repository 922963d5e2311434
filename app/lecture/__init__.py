"""Lectures in the window: opened, given by a clicker, made, and rendered. It knows no tab."""
