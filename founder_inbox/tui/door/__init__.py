"""The door, a session behind it, and the rest after it."""
