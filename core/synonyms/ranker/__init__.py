"""Guessing which pairs are synonyms from what has been judged, so that the likely ones come first.

``table`` reads pairs from a store, ``features`` describes them by numbers, ``model`` learns, ``quality`` says
how far to trust it.
"""
