"""The window: everything that needs Qt. It shows and asks; what is computed is computed in ``core``."""
