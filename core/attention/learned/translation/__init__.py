"""Translation from Chinese to English with and without attention."""
