"""The call screen: one page for one call, from the ring to the decision."""
