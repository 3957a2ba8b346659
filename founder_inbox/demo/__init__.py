"""A made-up company with its own mail servers: the whole loop on loopback."""
