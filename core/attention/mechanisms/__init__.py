"""The mechanisms of the survey, one file each."""
