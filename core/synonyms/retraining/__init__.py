"""A method learns once more, with what people have said in a store: what it is worth then, and which pairs moved."""
