"""Lectures: ordered scenes in one readable file, checked before anything of it is used."""
