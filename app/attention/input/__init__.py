"""What a person puts in: texts, model, and the column of choices."""
