"""What the workers of tests are forked with besides imports: the model and the dictionary that most of them open.

Nobody imports it but the process they are forked from.
"""

from core.attention.tasks.reading import warm_up
from core.synonyms.sentences.corpora import jieba_cutter

list(warm_up())
jieba_cutter()
