"""Keys as they are drawn: caps beside words, on buttons, and all of them on one sheet."""
