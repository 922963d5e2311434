"""What a new thing of each kind costs: a toy is added as docs/extending.md says, and found where a person looks."""
