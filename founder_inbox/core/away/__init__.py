"""What happens by rule while the founder is on a break, and how they come back from it."""
