"""founder-inbox: a support inbox in the terminal for people who build a product alone."""

__version__ = "0.1.0"
