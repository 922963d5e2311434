"""What translators between many languages are told beside the text."""
