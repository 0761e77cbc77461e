"""What is searched for and opened, counted without persons: docs/decisions/searches-are-counted-without-persons.md."""
