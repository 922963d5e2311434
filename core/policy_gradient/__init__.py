"""How a policy gradient learns to balance CartPole: the first lecture.

Read in this order: ``returns`` (what an action was worth), ``policy`` (the network), ``agent`` (the article's
``CartAgent``), ``rollout`` (how episodes are played), ``train`` (the loop). ``config`` and ``events`` say
what goes in and what comes out, and import neither torch nor gymnasium.
"""
