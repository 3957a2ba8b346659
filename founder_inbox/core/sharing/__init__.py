"""The journal between machines: how its messages are written, read, and told from mail."""
