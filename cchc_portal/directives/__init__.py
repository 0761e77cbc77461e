"""Official letters: import, reading, items, assignment."""
