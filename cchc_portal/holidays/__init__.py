"""Public holidays and the Saturdays worked instead: what makes a day a working day."""
