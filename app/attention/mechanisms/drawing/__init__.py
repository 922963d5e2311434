"""The lanes that the drawings of the mechanisms consist of, and the surface they are drawn on."""
