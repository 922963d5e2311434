"""Cloze questions: which word was blanked? Attention over attention, the attention sum, and counting."""
