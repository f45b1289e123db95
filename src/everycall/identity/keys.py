"""Keys: short numbers that two mentions of one person, household or place are likely to share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from jellyfish import metaphone

from everycall.identity.mention import Mention


class Key(NamedTuple):
    """What a key is made of, and its 64-bit hash (signed, as databases keep it)."""

    kind: str
    hash: int


def _hash(kind: str, *parts: str) -> Key:
    digest = blake2b("|".join((kind, *parts)).encode(), digest_size=8).digest()
    return Key(kind, int.from_bytes(digest, "big", signed=True))


@lru_cache(maxsize=65_536)
def sound_of(surname: str) -> str:
    """Return how a surname sounds (Lawrence Philips' Metaphone), the surname itself when that is empty."""
    return str(metaphone(surname)) or surname


def keys_of(mention: Mention) -> Iterator[Key]:
    """Yield the keys of a mention; what two mentions share no key of is never compared.

    The kinds are those measured in ``identity.md`` ("The key table: accuracy and what limits it"), less
    forename[:3]+surname, which alone made the capped blocks there. Initials of both names are used with a
    birth date so that transposed names meet.
    """
    if mention.place:
        yield _hash("place", mention.place)
        return
    if mention.phone:
        yield _hash("phone", mention.phone)
    if mention.email:
        yield _hash("email", mention.email)
    if mention.dwelling:
        yield _hash("dwelling", mention.dwelling)
    if mention.building and mention.building != mention.dwelling:
        yield _hash("dwelling", mention.building)  # one kind, so that a home without its flat meets the flat
    if mention.uprn and mention.dwelling:
        yield _hash("uprn", mention.uprn)
    names = [name for name in (*mention.forenames[:1], mention.surname) if name]
    if mention.born:
        for initial in sorted({name[0] for name in names}):
            yield _hash("born", mention.born.isoformat(), initial)
    if not (mention.surname and mention.forenames):
        return
    initial, sound = mention.forenames[0][0], sound_of(mention.surname)
    if mention.district:
        yield _hash("sound", sound, initial, mention.district)
    if mention.street:
        yield _hash("street", sound, initial, mention.street)
    if mention.born:
        yield _hash("year", mention.surname, mention.forenames[0], str(mention.born.year))
    if mention.phone:
        yield _hash("line", mention.phone[-6:], initial)
