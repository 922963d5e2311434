"""What attention looks at: the second lecture, on real pretrained models.

Read in this order: ``encoders`` (a text becomes tokens, weights, hidden states), ``mechanisms`` (the survey's three
steps, with the real numbers of one query), ``aggregate`` and ``head_patterns`` (ways to make many heads one map, and
to tell what kind of head one is), ``segments`` (from a model's pieces to characters and words), ``long_text`` (texts
longer than the model's limit). ``requests`` and ``results`` say what goes in and what comes out, and import neither
torch nor transformers; ``tasks`` has a file for each kind of answer and the table that joins them to requests;
``export`` writes them; ``cli`` is the command ``attend``.
"""
