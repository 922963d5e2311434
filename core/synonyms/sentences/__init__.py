"""Corpora as searchable example sentences.

``read_sentences(corpora)`` is a task: it reads and indexes each corpus once, yielding progress, and returns
``Sentences``, which finds examples of two words in milliseconds. ``load_sentences(corpora)`` waits for it.
"""

from core.synonyms.sentences.corpora import Corpus, shipped_corpora
from core.synonyms.sentences.find import Example, Sentences, load_sentences, read_sentences

__all__ = ["Corpus", "Example", "Sentences", "load_sentences", "read_sentences", "shipped_corpora"]
