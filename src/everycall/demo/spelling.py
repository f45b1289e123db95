"""How a hurried hand writes names, dates, addresses and postcodes: misheard, shortened, run together, swapped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from anyascii import anyascii

from everycall.demo.rates import Draw, one_of

HEARD = (
    ("ph", "f"), ("th", "t"), ("ck", "k"), ("ie", "ei"), ("y", "i"), ("ee", "ea"), ("c", "k"), ("ll", "l"),
    ("nn", "n"), ("sz", "sh"), ("w", "v"), ("ai", "ay"), ("ou", "u"), ("s", "z"),
)  # fmt: skip
"""Letters that sound alike on a bad line, and what is typed for them."""

SHORT = (
    (" Road", " Rd"),
    (" Street", " St"),
    (" Close", " Cl"),
    (" Court", " Ct"),
    (" Avenue", " Ave"),
    (" Lane", " Ln"),
    (" Crescent", " Cres"),
    (" Gardens", " Gdns"),
    (" Drive", " Dr"),
)
_plain = lru_cache(maxsize=50_000)(anyascii)


def hurried_name(name: str, chance: Draw) -> str:
    """Return ``name`` with one slip of ear or hand; a name too short to slip in comes back unchanged."""
    kind = chance()
    if kind < 0.4:
        small = name.lower()
        fits = [(a, b) for a, b in HEARD if a in small[1:]]
        if fits:
            sound, typed = one_of(fits, chance)
            at = small.index(sound, 1)
            return name[:at] + typed + name[at + len(sound) :]
    if len(name) < 4:
        return name
    at = 1 + int(chance() * (len(name) - 2))
    if kind < 0.7:
        return name[:at] + name[at + 1 :]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def written_forename(forename: str, nicknames: Mapping[str, tuple[str, ...]], chance: Draw) -> str:
    """Return a forename as it gets into a log: mostly whole, sometimes a short form, an initial or a slip."""
    kind = chance()
    if kind < 0.12 and forename in nicknames:
        return one_of(nicknames[forename], chance)
    if kind < 0.17:
        return forename[0]
    if kind < 0.25:
        return hurried_name(forename, chance)
    return forename


def written_name(
    forename: str,
    surname: str,
    surname_first: bool,
    nicknames: Mapping[str, tuple[str, ...]],
    chance: Draw,
) -> str:
    """Return a whole name as one log has it: marks are mostly dropped, the order sometimes turned round."""
    first = written_forename(forename, nicknames, chance)
    last = hurried_name(surname, chance) if chance() < 0.08 else surname
    turned = chance() < (0.5 if surname_first else 0.02)
    name = f"{last} {first}" if turned else f"{first} {last}"
    if not name.isascii() and chance() < 0.7:
        name = _plain(name)
    return name.upper() if chance() < 0.3 else name


def written_birth(born: date, chance: Draw) -> date:
    """Return a date of birth as one log has it: now and then day and month swapped, or a year off."""
    kind = chance()
    if kind < 0.02 and born.day <= 12:
        return born.replace(day=born.month, month=born.day)
    if kind < 0.032:
        return born.replace(year=born.year - 1, day=min(born.day, 28))
    return born


def written_address(
    flat: str | None, number: str, street: str, chance: Draw, building: str | None = None
) -> str:
    """Return an address as one log has it: ``Flat 2, 9 Larch Road``, ``FLAT 2 9 LARCH RD``."""
    if chance() < 0.25:
        for whole, short in SHORT:
            if whole in street:
                street = street.replace(whole, short)
                break
    if building is not None:
        address = f"{building}, {number} {street}" if chance() < 0.6 else f"{building}, {street}"
    elif flat is None or chance() < 0.05:
        address = f"{number} {street}"
    else:
        shape = one_of(("Flat {f}, {n} {s}", "Flat {f} {n} {s}", "{f}/{n} {s}", "{n} {s}, Flat {f}"), chance)
        address = shape.format(f=flat, n=number, s=street)
    return address.upper() if chance() < 0.3 else address


def written_postcode(postcode: str, chance: Draw) -> str:
    """Return a postcode as one log has it: with or without its space, in either case."""
    kind = chance()
    if kind < 0.15:
        return postcode.replace(" ", "")
    return postcode.lower() if kind < 0.22 else postcode
