"""Mentions of a few invented people, typed as people type: with marks, slips, gaps and names in either order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from everycall.call import Party
from everycall.errors import Problems
from everycall.identity import rules
from everycall.identity.mention import Mention, mention_of
from everycall.identity.model import Level, Model, shipped_model
from everycall.identity.rules import Search
from everycall.policy.load import default_directory
from everycall.store.moments import to_number

FORENAMES = (
    "Maureen Maureeen Mo José Jose Łukasz Lukasz Siân Sian Nguyễn Nguyen Liz Elizabeth Dave David M J Zoë Ng"
).split()
SURNAMES = (
    "Peck Pecke O'Neil ONeill Smith-Jones Jones McDonald MacDonald Nowak Müller Muller Ng Li Van-Dyke "
    "Jones-Smith"
).split()
BORN = (
    date(1951, 3, 2),
    date(1951, 2, 3),
    date(1951, 3, 12),
    date(1951, 3, 28),
    date(1988, 7, 19),
    date(1989, 7, 19),
)
STREETS = (
    "14 Larch Road", "Flat 2, 14 Larch Road", "Flat 3, 14 Larch Road", "14 LARCH RD", "41 Larch Raod", "9 Larch Road",
    "Larch Road", "Rose Cottage, Mill Lane", "Rose Cotage, Mill Lane", "14", "14 Mill Lane", "",
    "Rose Cottage, 14 Mill Lane", "Rose Cotage, 14 Mill Lane", "Elm House, 14 Larch Road",
    "Rose Cottage, 14 Larch Road",
)  # fmt: skip
TOWNS = (
    "",
    "",
    ", Wisbech",
    ", Wisbeach, Cambs",
    ", Leverington, Wisbech",
    ", Newcastle upon Tyne",
    ", Ely",
    ", Eye",
)
POSTCODES = ("PE13 9ZZ", "pe139zz", "PE13 9ZX", "NR3 4WY", "", None)
PHONES = ("01632 960 114", "+44 1632 960114", "07700 900123", "07700 900124", "", None)
UPRNS = ("199000000001", "199000000002", None, None, None)
START = datetime(2019, 1, 1, 12, tzinfo=UTC)


def mentions(many: int, seed: int) -> list[tuple[Mention, datetime]]:
    """Return that many mentions, each with the moment of its call, oldest first."""
    rng = Random(seed)
    moments = sorted(START + timedelta(hours=rng.randrange(60_000)) for _ in range(many))
    return [(mention_of("caller", _party(rng), "witness"), moment) for moment in moments]


def _party(rng: Random) -> Party:
    names = [rng.choice(FORENAMES), rng.choice((*SURNAMES, "Smith Jones", "Smiht Jones"))]
    if rng.random() < 0.2:
        names.insert(1, rng.choice(FORENAMES))
    if rng.random() < 0.15:
        names.reverse()
    name = rng.choice(
        (" ".join(names), " ".join(names).upper(), f"{names[-1]}, {names[0]}", names[0], "", None)
    )
    born = rng.choice((*BORN, None, None, None))
    return Party(
        name=name,
        date_of_birth=born,
        age=rng.choice((None, 30, 37, 68)) if born is None else None,
        phone=rng.choice(PHONES),
        email=rng.choice((None, None, "m.peck@example.org", "dave@example.org", "")),
        address=rng.choice(STREETS) + rng.choice(TOWNS),
        postcode=rng.choice(POSTCODES),
        uprn=rng.choice(UPRNS),
    )


def rows(some: Sequence[tuple[Mention, datetime]]) -> list[tuple[Any, ...]]:
    """Return them as the store reads people out."""
    return [
        (
            number, f"CC-{number}", m.which, m.role, " ".join(m.forenames), m.surname,
            m.born.isoformat() if m.born else None, m.age, m.phone, m.email, m.postcode, m.dwelling, m.building,
            m.street, m.uprn, m.town, m.house_name, to_number(moment), None, None, None, None, None,
        )
        for number, (m, moment) in enumerate(some, 1)
    ]  # fmt: skip


def model() -> Model:
    """Return the model that comes with Everycall, with weights where it holds that an address tells nothing new."""
    shipped = shipped_model()
    told = {"same": Level(0.9, 0.6, 0.95), "different": Level(0.1, 0.4)}
    return replace(shipped, levels=shipped.levels | {"town_by_postcode": told, "house_name_by_number": told})


def limits() -> Search:
    """Return the limits of the pack that comes with Everycall."""
    found = rules.load(default_directory() / "repeat.toml", Problems())
    assert found is not None
    return found.search
