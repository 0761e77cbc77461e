"""Initiatives, experience, models and good practices: drafting, submission, publication."""
