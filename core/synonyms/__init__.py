"""Mining Chinese synonyms: dictionaries, vectors and sentences propose pairs, people judge them.

The subject of articles/synonym-mining.txt. ``pairs`` holds the words all modules share; ``lexicons``,
``vectors``, ``neighbours`` and ``sentences`` read the material; ``candidates`` and ``mine`` propose pairs;
the store, the queue and the exchange formats keep what people decide about them.
"""
