"""What every screen is made of: lines, fields, dialogs, questions."""
