"""The use cases: one verb each, wiring core, store, mail and system together."""
