"""How a hurried hand writes names, addresses and postcodes: misheard, shortened, run together."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from anyascii import anyascii

HEARD = (
    ("ph", "f"), ("th", "t"), ("ck", "k"), ("ie", "ei"), ("y", "i"), ("ee", "ea"), ("c", "k"), ("ll", "l"),
    ("nn", "n"), ("sz", "sh"), ("w", "v"), ("ai", "ay"), ("ou", "u"), ("s", "z"),
)  # fmt: skip
"""Letters that sound alike on a bad line, and what is typed for them."""

SHORT = (
    ("Road", "Rd"),
    ("Street", "St"),
    ("Close", "Cl"),
    ("Court", "Ct"),
    ("Avenue", "Ave"),
    ("Lane", "Ln"),
)


def hurried_name(name: str, random: Random) -> str:
    """Return ``name`` with one slip of ear or hand; a name too short to slip in comes back unchanged."""
    kind = random.random()
    if kind < 0.4:
        fits = [(a, b) for a, b in HEARD if a in name.lower()[1:]]
        if fits:
            sound, typed = random.choice(fits)
            at = name.lower().index(sound, 1)
            return name[:at] + typed + name[at + len(sound) :]
    if len(name) < 4:
        return name
    at = random.randrange(1, len(name) - 1)
    if kind < 0.7:
        return name[:at] + name[at + 1 :]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def written_forename(forename: str, nicknames: Mapping[str, tuple[str, ...]], random: Random) -> str:
    """Return a forename as it gets into a log: mostly whole, sometimes a short form, an initial or a slip."""
    kind = random.random()
    if kind < 0.12 and forename in nicknames:
        return random.choice(nicknames[forename])
    if kind < 0.17:
        return forename[0]
    if kind < 0.25:
        return hurried_name(forename, random)
    return forename


def written_name(
    forename: str,
    surname: str,
    surname_first: bool,
    nicknames: Mapping[str, tuple[str, ...]],
    random: Random,
) -> str:
    """Return a whole name as one log has it: marks are mostly dropped, the order sometimes turned round."""
    first = written_forename(forename, nicknames, random)
    last = hurried_name(surname, random) if random.random() < 0.08 else surname
    turned = random.random() < (0.5 if surname_first else 0.02)
    name = f"{last} {first}" if turned else f"{first} {last}"
    if random.random() < 0.7:
        name = anyascii(name)
    return name.upper() if random.random() < 0.3 else name


def written_address(flat: str | None, number: str, street: str, random: Random) -> str:
    """Return an address as one log has it: ``Flat 2, 9 Larch Road``, ``FLAT 2 9 LARCH RD``."""
    if random.random() < 0.25:
        for whole, short in SHORT:
            street = street.replace(f" {whole}", f" {short}")
    if flat is None:
        address = f"{number} {street}"
    else:
        shape = random.choice(("Flat {f}, {n} {s}", "Flat {f} {n} {s}", "{f}/{n} {s}", "{n} {s}, Flat {f}"))
        address = shape.format(f=flat, n=number, s=street)
    return address.upper() if random.random() < 0.3 else address


def written_postcode(postcode: str, random: Random) -> str:
    """Return a postcode as one log has it: with or without its space, in either case."""
    kind = random.random()
    if kind < 0.15:
        return postcode.replace(" ", "")
    return postcode.lower() if kind < 0.22 else postcode
