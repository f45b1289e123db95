"""Everycall: who is on the phone, and what do they need?"""

__version__ = "0.1.0"
