"""Mail becomes tickets: read in a process of its own, sorted, put where it belongs."""
