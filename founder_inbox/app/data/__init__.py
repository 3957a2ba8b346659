"""The founder's data is theirs: copies, the way back, and other programs' formats."""
