"""The policy as a picture: what it does in every state of a plane."""
