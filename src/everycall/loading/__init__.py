"""Loading whole files into the store: checked to the last row first, then taken in short chunks."""
