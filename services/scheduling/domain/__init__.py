"""Pure scheduling: notices, plans, terms and their placement; standard library only."""
