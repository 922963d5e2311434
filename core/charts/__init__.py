"""Charts that are drawn without a display."""
