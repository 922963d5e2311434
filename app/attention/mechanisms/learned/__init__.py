"""Pages of mechanisms that need learning, on small models of our own."""
