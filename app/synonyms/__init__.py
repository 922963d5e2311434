"""The synonyms tab."""
