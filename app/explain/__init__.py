"""What is explained beside the pages: symbols, formulas, glossary, and the panel that shows them."""

from typing import Final

LANE: Final = "explain"
"""The worker that typesets; it is first started when a formula is first wanted."""
