"""The commands: `everycall ...` in a terminal."""
