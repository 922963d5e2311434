"""How maps, strips and lines are painted: geometry and pixels, no choices."""
