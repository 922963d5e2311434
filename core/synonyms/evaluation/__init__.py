"""How good a method is, measured so that it can't fool: what it may learn from, and what is asked afterwards.

``split`` says what training may hold under either protocol and refuses a leak; ``cilin_pairs`` and ``pair_file``
bring labelled pairs; ``closure`` is the baseline every closed result stands beside; ``measures`` and
``queue_measures`` are the figures; ``run`` measures methods one after the other.
"""
