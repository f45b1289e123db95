"""The whole history looked through at once: who is who, and which victims nobody recognised."""
