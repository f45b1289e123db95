"""What comes in from files: opened, checked whole, then told as a stream; nothing is stored here."""
