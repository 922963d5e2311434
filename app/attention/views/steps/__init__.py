"""The three steps of attention: score, normalise, weighted sum."""
