"""The commands: arguments in, words or JSON out."""
