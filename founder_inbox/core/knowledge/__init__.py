"""What support teaches: questions asked before, the FAQ, ideas, causes."""
