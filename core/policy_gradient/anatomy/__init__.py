"""One update taken apart, step by step: what a step was paid, what it was credited with, and what became of it.

``dissect`` does it, and needs torch; what it finds are the plain arrays of ``findings``.
"""
