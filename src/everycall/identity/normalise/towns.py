"""Towns in one form: what is told of an address behind its street, without the words by which it is told variously."""

from __future__ import annotations

from functools import lru_cache

from everycall.identity.normalise.address_words import address_words


@lru_cache(maxsize=65_536)
def town_of(locality: str) -> str | None:
    """Return a locality (capitals, as `everycall.identity.normalise.addresses.Address` has it) in normal form.

    Small words go (NEWCASTLE UPON TYNE, NEWCASTLE-ON-TYNE), short ones are written out (GT YARMOUTH), and a county or
    country behind a town goes (MARCH CAMBS). None where nothing is left.

    Examples
    --------
    >>> town_of("NEWCASTLE UPON TYNE"), town_of("GT YARMOUTH NORFOLK"), town_of("NORFOLK")
    ('NEWCASTLE TYNE', 'GREAT YARMOUTH', 'NORFOLK')
    """
    words = address_words()
    told = [words.short_in_towns.get(word, word) for word in locality.split()]
    left = [word for word in told if word not in words.small_in_towns]
    while (shorter := _without_county(left, words.counties)) is not left:
        left = shorter
    return " ".join(left) or None


def _without_county(told: list[str], counties: frozenset[str]) -> list[str]:
    """Return the words without a county at the end; the very same ones where there is none, or nothing else."""
    for length in (2, 1):
        if len(told) > length and " ".join(told[-length:]) in counties:
            return told[:-length]
    return told
