"""What is used around the portal and is no part of it: drawing its data model, watching its statements."""
