"""An assessment in few words, for a terminal and for the screen: what is said first, its marks, and plain words."""
