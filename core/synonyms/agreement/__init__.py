"""How far annotators agree: raw, Cohen's kappa, Krippendorff's alpha, each with a bootstrap interval.

``measures`` are the formulas over an array of answers, ``report`` is what they are asked and what they tell,
``task`` reads the answers from a store.
"""
