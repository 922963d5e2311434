"""The page where an agent is seen learning."""
