"""The mood of Chinese reviews: hierarchical and multi-dimensional attention against plain averages."""
