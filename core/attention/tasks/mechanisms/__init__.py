"""The survey's mechanisms on vectors of a pretrained encoder, one file an answer."""
