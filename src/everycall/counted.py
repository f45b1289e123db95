"""A number with its word: "1 call", "1,204 calls"."""

from __future__ import annotations


def counted(many: int, one: str, more: str | None = None) -> str:
    """Return how many of a thing, its word in the singular for one.

    Parameters
    ----------
    one
        The words for one.
    more
        The words for any other number, where they are not ``one`` with an s.
    """
    return f"{many:,} {one if many == 1 else more or one + 's'}"
