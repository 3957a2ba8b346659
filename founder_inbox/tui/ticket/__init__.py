"""One ticket as it is read."""
