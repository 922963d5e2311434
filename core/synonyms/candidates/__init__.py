"""Where candidate pairs come from, one generator a file; ``assemble`` puts all evidence on each pair.

A generator proposes pairs best first, and says of a pair that another one proposed what it thinks of it.
Several are needed: the 50 nearest words by cosine hold less than a third of Cilin's synonyms.
"""
