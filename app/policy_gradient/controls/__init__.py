"""The column of hyperparameters."""
