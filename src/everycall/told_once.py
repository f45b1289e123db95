"""JSON in which every key stands once: of a key that stands twice readers keep the last, and a yes could be lost."""

from __future__ import annotations

from collections import Counter
from typing import Any


class StandsTwiceError(ValueError):
    """An object of JSON tells the same key twice; its words name the key."""


def told_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object's keys and values, for ``json.loads(text, object_pairs_hook=told_once)``.

    Raises
    ------
    StandsTwiceError
        When a key stands twice.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        many = Counter(key for key, _ in pairs)
        twice = next(key for key in many if many[key] > 1)
        short = ascii(twice[:60])[1:-1]
        raise StandsTwiceError(f"the key '{short}' stands twice in one object")
    return found
