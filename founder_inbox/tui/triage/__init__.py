"""What is done with a ticket, but for writing."""
