"""The mechanisms that need learning, on small models of our own, one file an answer."""
