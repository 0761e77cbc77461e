"""The composition root: the only file that knows everyone."""
