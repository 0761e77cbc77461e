"""Real things for tests, committed and ready."""
