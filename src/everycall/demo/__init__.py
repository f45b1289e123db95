"""A made-up force with a known truth: everything in it is invented, and the same seed gives the same bytes."""
