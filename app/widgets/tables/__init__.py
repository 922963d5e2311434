"""Tables: of words alone, and what every model of a table promises."""
