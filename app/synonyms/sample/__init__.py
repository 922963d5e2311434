"""The sample store in the place of a person's own, for scenes of lectures."""
