"""Which mails were read by which reader."""

PARSER_VERSION = 5
"""Raised when the reader understands more: what an older one made of a mail is then made anew."""
