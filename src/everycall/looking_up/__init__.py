"""Looking people and places up, by whoever may, as the identity rooms find them; every look is logged."""
