"""Dictionaries that know synonyms: Cilin's tree and its text format, and CC-CEDICT."""
