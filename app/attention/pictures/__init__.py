"""How a map is seen: as a matrix, as links, in its sentence, beside all heads; each on the stage or small beside it."""
