"""The support hours: when the door opens, what may pass, what may be seen."""
