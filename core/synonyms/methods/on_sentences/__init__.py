"""Methods that read sentences: what stands around two words, and between them where they stand together."""
