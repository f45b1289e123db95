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


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


@lru_cache(maxsize=65_536)
def sound_of(surname: str) -> str:
    """Return how a surname sounds (Lawrence Philips' Metaphone), the surname itself when that is empty."""
    return str(metaphone(surname)) or surname


def keys_of(mention: Mention) -> Iterator[Key]:
    """Yield the keys of a mention; what two mentions share no key of is never compared."""
    for text in _texts(mention):
        yield Key(text.partition("|")[0], _number(text))


def key_numbers(mention: Mention) -> tuple[int, ...]:
    """Return a mention's keys as numbers, each once, sorted."""
    return tuple(sorted(set(map(_number, _texts(mention)))))


def _texts(mention: Mention) -> Iterator[str]:
    """Yield what each key is made of, its kind first.

    The kinds are those measured in ``identity.md`` ("The key table: accuracy and what limits it"), less
    forename[:3]+surname, which alone made the capped blocks there. Initials of both names are used with a
    birth date so that transposed names meet.
    """
    if mention.place:
        yield f"place|{mention.place}"
        return
    if mention.phone:
        yield f"phone|{mention.phone}"
    if mention.email:
        yield f"email|{mention.email}"
    if mention.dwelling:
        yield f"dwelling|{mention.dwelling}"
    if mention.building and mention.building != mention.dwelling:
        yield f"dwelling|{mention.building}"  # one kind, so that a home without its flat meets the flat
    if mention.uprn and mention.dwelling:
        yield f"uprn|{mention.uprn}"
    names = [name for name in (*mention.forenames[:1], mention.surname) if name]
    if mention.born:
        for initial in sorted({name[0] for name in names}):
            yield f"born|{mention.born.isoformat()}|{initial}"
    if not (mention.surname and mention.forenames):
        return
    initial, sound = mention.forenames[0][0], sound_of(mention.surname)
    if mention.district:
        yield f"sound|{sound}|{initial}|{mention.district}"
    if mention.street:
        yield f"street|{sound}|{initial}|{mention.street}"
    if mention.born:
        yield f"year|{mention.surname}|{mention.forenames[0]}|{mention.born.year}"
    if mention.phone:
        yield f"line|{mention.phone[-6:]}|{initial}"
