"""An outage: who reports it, what is known, who was told what, and the words for it (ch. 5)."""
