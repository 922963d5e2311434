"""Methods that tell synonyms from other pairs, one readable file each; ``registry`` lists them.

Each is a function of a frozen config and data, a generator that yields its progress and returns a scorer:

    learning = attract_repel(AttractRepelConfig(seed=1), MethodData(training, vectors))
    scorer = finish(learning)
    scores = scorer.score([word_pair("漂亮", "美丽")])
"""
