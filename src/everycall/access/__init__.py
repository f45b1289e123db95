"""Who may do and see what: by role, class of data and relation to the call; what is not allowed is not told."""
