"""A grammar that says the same in Chinese and English, and knows which word translates which."""
