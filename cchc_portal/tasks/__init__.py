"""What units have to do: the work that items of letters give them, until it is done."""
