"""JSON in which every key stands once: of a key that stands twice readers keep the last, and a yes could be lost."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from pydantic_core import from_json


class StandsTwiceError(ValueError):
    """An object of JSON tells the same key twice; its words name the key."""


def read_once(text: str | bytes) -> Any:
    """Return what JSON holds that a person or another system handed in.

    Raises
    ------
    StandsTwiceError
        When a key stands twice in one object.
    ValueError, RecursionError
        When it is no JSON, or nested too deeply.
    """
    return _READER.decode(text) if isinstance(text, str) else json.loads(text, object_pairs_hook=told_once)


def read_once_quickly(text: str | bytes) -> Any:
    """Return the same as `read_once` in less time, for objects that hold few others: a row of a long file.

    A reader in Rust keeps the last of a key that stands twice. Each key has a colon behind its quotation mark: where
    there are no more of those than there are keys, each key stands once. Anything else is read with more care.

    Parameters
    ----------
    text
        Bytes are UTF-8.

    Raises
    ------
    ValueError, RecursionError
        As `read_once` does; bytes that are no UTF-8 raise `UnicodeDecodeError`, which is a ``ValueError``.
    """
    try:
        told = text.encode() if isinstance(text, str) else text
        found = from_json(told, cache_strings="keys")
    except ValueError:
        return read_once(text if isinstance(text, str) else text.decode())
    if type(found) is dict and _keys(found) == told.translate(None, _BETWEEN).count(b'":'):
        return found
    return read_once(text if isinstance(text, str) else text.decode())


_BETWEEN = b" \t\r\n"
"""What JSON allows between a key and its colon."""


def _keys(found: dict[str, Any]) -> int:
    """Count the keys of an object and of those right inside; whoever is deeper is not counted."""
    many = len(found)
    for value in found.values():
        kind = type(value)
        if kind is dict:
            many += len(value)
        elif kind is list:
            for entry in value:
                if type(entry) is dict:
                    many += len(entry)
    return many


def why_not(error: Exception) -> str:
    """Return what is wrong with text that `read_once` would not read, in words that repeat none of it but a key."""
    return str(error) if isinstance(error, StandsTwiceError) else "is not JSON"


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


_READER = json.JSONDecoder(object_pairs_hook=told_once)
"""Kept: to make one for each text takes half as long as to read a call with it."""
