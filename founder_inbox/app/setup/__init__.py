"""The first ten minutes: find the servers, try them, write the configuration."""
