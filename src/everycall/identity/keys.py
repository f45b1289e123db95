"""Keys: short numbers that two mentions of one person, household or place are likely to share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from struct import unpack
from typing import NamedTuple

from jellyfish import metaphone

from everycall.identity.births import slips_of
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
    return _made_of(_texts(mention))


def keys_asked(mention: Mention) -> Iterator[Key]:
    """Yield the keys by which somebody is looked for: their own, and those of a birth date one slip away.

    Asked for and never stored: who was told with the year one off and another spelling of their name shares no other
    key, and a key more of every mention kept would cost an import and a store what a search does not notice.
    """
    yield from _keys(mention)
    yield from _keys_of_slips(mention)


@lru_cache(maxsize=1_024)
def _keys_of_slips(mention: Mention) -> tuple[Key, ...]:
    """Return the keys of the dates that are slips of a birth date, each with one initial.

    One is enough, since both initials are kept of everybody; a second would bring as many strangers again.
    """
    name = (*mention.forenames[:1], mention.surname)[0]
    if mention.place or not mention.born or not name:
        return ()
    return _made_of([f"born|{born.isoformat()}|{name[0]}" for born in slips_of(mention.born)])


def _made_of(texts: Sequence[str]) -> tuple[Key, ...]:
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
