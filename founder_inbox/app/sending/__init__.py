"""Mail that leaves: written, looked at, held, sent."""
