"""What is explained beside the pages: symbols, formulas, glossary, and the panel that shows them."""
