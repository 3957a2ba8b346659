"""Which lane of the queue a mail belongs to (handbook ch. 4): rules, then a small model."""
