"""The file of a store for one desk: is it still the one that was opened, and what is saved where it is not."""
