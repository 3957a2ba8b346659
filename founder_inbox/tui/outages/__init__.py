"""Telling everybody: an outage from its first mail to its last."""
