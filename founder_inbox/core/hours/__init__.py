"""Support hours: windows, the door, the session in them, snoozes in words, and burnout."""
