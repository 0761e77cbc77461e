"""Threads of comments on initiatives."""
