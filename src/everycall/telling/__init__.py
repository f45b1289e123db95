"""Telling other systems: what happened, as codes, signed, tried again until it arrived or was given up."""
