"""The machine around us: configuration, secrets, clock, paths, locks."""
