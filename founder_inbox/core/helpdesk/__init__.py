"""What other help desks give out about themselves, read into conversations; nothing here raises."""
