"""Maps as files: pictures, tables, arrays, and their captions."""
