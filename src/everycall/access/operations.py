"""What may be done with a record (DPA 2018 s.62), and the numbers by which links of the processing log are found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

COLLECTION, ALTERATION, CONSULTATION = "collection", "alteration", "consultation"
COMBINATION, DISCLOSURE, ERASURE = "combination", "disclosure", "erasure"

OPERATIONS = (COLLECTION, ALTERATION, CONSULTATION, COMBINATION, DISCLOSURE, ERASURE)
"""A later one is added at the end: a link keeps which it tells of by their places here."""

_BITS = {name: 1 << place for place, name in enumerate(OPERATIONS)}


def bits_of(operations: Iterable[str]) -> int:
    """Return some operations as one number, as a link keeps which it tells of."""
    return sum(_BITS[name] for name in set(operations))


def key_of(ref: str) -> int:
    """Return the short number by which links about a record are found.

    Two records may share one: whoever asks looks into the links found.
    """
    return crc32(ref.encode())


def keys_of(operations: Mapping[str, Sequence[str]]) -> list[int]:
    """Return the numbers of all records that something was done to, each once, sorted."""
    return sorted({key_of(ref) for ref in {ref for refs in operations.values() for ref in refs}})
