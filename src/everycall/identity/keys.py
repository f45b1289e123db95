"""Keys: short numbers that two mentions of one person, household or place are likely to share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from struct import unpack
from typing import NamedTuple

from jellyfish import metaphone

from everycall.identity.mention import Mention


class Key(NamedTuple):
    """What a key is made of, and its 64-bit hash (signed, as databases keep it)."""

    kind: str
    hash: int


def _numbers(texts: Sequence[str]) -> tuple[int, ...]:
    hashes = [blake2b(text.encode(), digest_size=8).digest() for text in texts]
    return unpack(f">{len(hashes)}q", b"".join(hashes))


@lru_cache(maxsize=65_536)
def sound_of(surname: str) -> str:
    """Return how a surname sounds (Lawrence Philips' Metaphone), the surname itself when that is empty."""
    return str(metaphone(surname)) or surname


def keys_of(mention: Mention) -> Iterator[Key]:
    """Yield the keys of a mention; what two mentions share no key of is never compared."""
    yield from _keys(mention)


@lru_cache(maxsize=1_024)
def _keys(mention: Mention) -> tuple[Key, ...]:
    """Return the keys of a mention; kept a while, since whom a call is searched by is then stored with them."""
    texts = _texts(mention)
    return tuple(
        [Key(text.partition("|")[0], number) for text, number in zip(texts, _numbers(texts), strict=True)]
    )


def key_numbers(mention: Mention) -> tuple[int, ...]:
    """Return a mention's keys as numbers, each once, sorted."""
    return tuple(sorted(set(_numbers(_texts(mention)))))


def _texts(mention: Mention) -> list[str]:
    """Return what each key is made of, its kind first.

    The kinds are those measured in ``identity.md`` ("The key table: accuracy and what limits it"), less
    forename[:3]+surname, which alone made the capped blocks there. Initials of both names are used with a
    birth date so that transposed names meet.
    """
    if mention.place:
        return [f"place|{mention.place}"]
    forenames, surname, born, phone = mention.forenames, mention.surname, mention.born, mention.phone
    dwelling, building = mention.dwelling, mention.building
    texts: list[str] = []
    if phone:
        texts.append(f"phone|{phone}")
    if mention.email:
        texts.append(f"email|{mention.email}")
    if dwelling:
        texts.append(f"dwelling|{dwelling}")
    if building and building != dwelling:
        texts.append(f"dwelling|{building}")  # one kind, so that a home without its flat meets the flat
    if mention.uprn and dwelling:
        texts.append(f"uprn|{mention.uprn}")
    if born:
        day = born.isoformat()
        initials = {name[0] for name in (*forenames[:1], surname) if name}
        texts += [f"born|{day}|{initial}" for initial in sorted(initials)]
    if not (surname and forenames):
        return texts
    initial, sound = forenames[0][0], sound_of(surname)
    if mention.postcode:
        texts.append(f"sound|{sound}|{initial}|{mention.district}")
    if mention.street:
        texts.append(f"street|{sound}|{initial}|{mention.street}")
    if born:
        texts.append(f"year|{surname}|{forenames[0]}|{born.year}")
    if phone:
        texts.append(f"line|{phone[-6:]}|{initial}")
    return texts
