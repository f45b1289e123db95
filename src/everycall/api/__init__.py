"""The API: the door for command-and-control systems, and for people's own programs."""
