"""What is being made out of an address, and where its commas stand."""

from __future__ import annotations

from dataclasses import dataclass, field

COMMA = ""
"""Stands between two parts of an address in the list of its words."""


@dataclass(slots=True)
class Reading:
    """What has been made out so far; ``left`` holds the words still to be read, with ``""`` for a comma."""

    left: list[str]
    flat: str | None = None
    house: str | None = None
    building: list[str] = field(default_factory=list)
    street: list[str] = field(default_factory=list)
    locality: list[str] = field(default_factory=list)
    beside: bool = False
    of_business: bool = False


def word_at(left: list[str], position: int) -> str:
    """Return the word there, or a comma beyond the end."""
    return left[position] if position < len(left) else COMMA


def next_word(left: list[str], position: int) -> int | None:
    """Return where the next word after ``position`` stands, commas passed over."""
    for later in range(position + 1, len(left)):
        if left[later]:
            return later
    return None
