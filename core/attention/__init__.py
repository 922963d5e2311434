"""What attention looks at: the second lecture, on real pretrained models.

Read in this order: ``encoders`` (a text becomes tokens, weights, hidden states), ``steps`` (the survey's three
steps, with the real numbers of one query), ``measures`` (ways to read many heads as one map), ``segments``
(from a model's pieces to characters and words), ``windows`` (texts longer than the model's limit). ``requests``
and ``results`` say what goes in and what comes out, and import neither torch nor transformers; ``live`` joins
them, and ``cli`` is the command ``attend``.
"""
