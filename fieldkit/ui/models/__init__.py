"""Lists that views show row by row."""
