"""Reminders of deadlines: when, to whom, by which channel, and what was answered."""
