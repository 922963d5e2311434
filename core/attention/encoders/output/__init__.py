"""What a model's output layer says: which token may come next."""
