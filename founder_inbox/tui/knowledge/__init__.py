"""What support teaches: numbers, the FAQ, ideas, causes."""
