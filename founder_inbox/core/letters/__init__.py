"""What we write: greeting, canned replies with their placeholders, the hand-off, MIME going out."""
