"""A support hour from its first words to its wrap-up, and the days without one."""
