"""Have they suffered before? Persons, households and places in the history, and the rules on repeats."""
