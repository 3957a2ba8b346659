"""What a ticket is: its id, which mails join it, and its state folded from mails and events."""
