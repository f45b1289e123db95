"""People and systems that may come in: accounts, roles' names, passwords, sessions and tokens."""
