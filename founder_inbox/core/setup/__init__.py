"""The first ten minutes: providers, found servers, the steps of a trial, the first config."""
