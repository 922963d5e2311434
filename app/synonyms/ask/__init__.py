"""Ask a word: its neighbours by each method, with what they are, and a threshold among them."""
