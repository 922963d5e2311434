"""Which pair comes next, for whom.

``config`` says what can be chosen and what a plan tells; ``shares`` divides pairs among annotators; ``plan``,
in the worker, learns from what was judged and puts the open pairs in order; ``queue`` hands them out one by
one and enters decisions.
"""
