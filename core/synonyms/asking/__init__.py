"""Asking a word: which words each method puts beside it, and what dictionaries say of them."""
