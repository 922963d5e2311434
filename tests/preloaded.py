"""What the workers of tests are forked with besides imports: the model and the dictionaries that most of them open.

Nobody imports it but the process they are forked from.
"""

import gc

from core.attention.tasks.reading import warm_up
from core.synonyms.lexicons.opened import open_cedict, open_cilin
from core.synonyms.sentences.corpora import jieba_cutter
from core.synonyms.shipped import CEDICT, CILIN

list(warm_up())
jieba_cutter()
open_cedict(CEDICT.path())
open_cilin(CILIN.path())
gc.collect()
gc.freeze()  # what looks through all objects would copy every page of them into each worker
