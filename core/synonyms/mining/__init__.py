"""Filling a store with candidates: ``config`` says what, ``events`` tell how far, ``run`` does it."""
