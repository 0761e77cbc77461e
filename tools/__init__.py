"""Scripts that make files of the repository out of other files of the repository."""
