"""A made-up force with a known truth: all of it invented; the same seed gives the same bytes."""
