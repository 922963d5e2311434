"""What the trained models are worth: tables, a curve over sentence length, published figures in their own columns."""
