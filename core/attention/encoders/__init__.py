"""Pretrained models that show their attention, behind one interface (``base.Encoder``).

``built_in`` has a row for each model that comes with the program and needs no network; ``huggingface`` opens any other.
"""
