"""Tickets looked at and decided about."""
