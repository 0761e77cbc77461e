"""Searches that people keep under a name, and what is told of new matches."""
