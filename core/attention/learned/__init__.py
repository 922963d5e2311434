"""Small models of our own that have learned the mechanisms of the survey, on data whose truth is known."""
