"""Pure decisions: plain functions over plain data, with the time passed in."""
