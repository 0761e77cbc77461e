"""Following: who wants to hear what happens to an initiative."""
