"""A whole store in one file, taken while calls come in, and put back into a new store."""
