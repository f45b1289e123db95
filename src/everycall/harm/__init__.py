"""How much harm? Points one can read, and overrides one can name."""
