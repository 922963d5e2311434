"""What was entered while a store could not take it, kept on the disk until it is in the store.

``statement`` is one thing that was said, ``journal`` keeps it, ``replay`` enters it later, once and in its place.
"""
