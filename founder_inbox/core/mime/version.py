"""Which mails were read by which reader."""

PARSER_VERSION = 4
"""Raised when the reader understands more: what an older one made of a mail is then made anew."""
