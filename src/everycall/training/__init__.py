"""Learning, from a force's own history, how often each agreement holds for one human and for two."""
