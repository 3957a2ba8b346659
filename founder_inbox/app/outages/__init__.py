"""Everybody told, once and by name."""
