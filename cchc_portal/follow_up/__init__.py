"""Following up: which unit has answered what, what is due when, how far each letter has come."""
