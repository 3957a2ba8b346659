"""What support teaches: answers given before, the FAQ, ideas, causes."""
