"""Rounds with the mail server."""
