"""What support teaches in numbers: facts of tickets in, figures out (handbook ch. 11)."""
