"""How fast Everycall is, what the time goes to, and how a naive search does beside it."""
