"""A mail's bytes read into text, people, parts and kind; nothing here ever raises."""
