"""The commands that train the models and report what they are worth."""
