"""Writing, and what was written and waits."""
