"""A lecture as pictures and on paper, without anybody who looks."""
