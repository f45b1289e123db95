"""Who tells of their home less than the place of the call, or than their own line told before, is met at that home."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from build import policy
from everycall.call import Location, Party
from everycall.identity.history import PastCall, PastMention
from everycall.identity.mention import Mention, mention_of, place_of, supposed_at_home
from everycall.identity.model import shipped_model
from everycall.identity.shared import Shared
from everycall.identity.tiers import Sought, match

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
WHOLE = {"address": "14 Larch Road", "postcode": "PE13 9ZZ"}
IN_PART = {"address": "14 Larch Road"}
LINE = "01632 960114"


def person(name: str, **told: Any) -> Mention:
    return mention_of("caller", Party(name=name, **told), "victim")


def tier(
    now: Mention,
    *before: Mention,
    days: int = 30,
    shared: frozenset[str] = frozenset(),
    place: Mention | None = None,
) -> list[str]:
    """Return the tier of each earlier mention, the latest last."""
    pasts = [
        PastMention(n, one, at, PastCall(n, f"H{n}", at))
        for n, one in enumerate(before, 1)
        for at in [NOW - timedelta(days=days + len(before) - n)]
    ]
    sought = Sought((now,), supposed_at_home((now,), place), place, NOW, {})
    found = match(sought, pasts, Shared(shared, frozenset()), shipped_model(), policy().rules.search)
    tiers = {one.past.id: one.tier for one in found}
    return [tiers.get(past.id, "none") for past in pasts]


@pytest.mark.parametrize(
    ("told", "supposed"),
    [
        ({}, True),
        (IN_PART, True),
        ({"address": "Larch Road"}, True),
        ({"postcode": "PE13 9ZZ"}, True),
        ({"address": "16 Larch Road"}, False),
        ({"address": "14 Alder Road"}, False),
        ({"postcode": "PE13 9ZX"}, False),
        ({"address": "14 Larch Road", "postcode": "PE13 9ZX"}, False),
        ({"address": "16 Larch Road", "postcode": "PE13 9ZZ"}, False),
    ],
)
def test_who_tells_no_other_address_than_the_place_is_looked_for_there(
    told: dict[str, str], supposed: bool
) -> None:
    place = place_of(Location(**WHOLE))
    (one, *more) = supposed_at_home((person("M Garrod", **told),), place) or (None,)
    assert not more
    assert (one is not None and one.dwelling == "PE13 9ZZ 14") is supposed


def test_the_place_completes_a_home_told_without_its_postcode() -> None:
    now, before = person("M Garrod", **IN_PART), person("Maureen Garrod", phone=LINE, **WHOLE)
    assert tier(now, before, place=place_of(Location(**WHOLE))) == ["household"]
    assert tier(now, before, place=place_of(Location(address="9 Alder Road", postcode="PE13 9ZX"))) != [
        "household"
    ]


@pytest.mark.parametrize(("now", "before"), [(IN_PART, WHOLE), (WHOLE, IN_PART)])
def test_one_line_at_one_number_of_one_street_is_one_home(
    now: dict[str, str], before: dict[str, str]
) -> None:
    past = person("Otto Speke", phone=LINE, **before)
    assert tier(person("O Speke", phone=LINE, **now), past) == ["household"]
    assert tier(person("Edith Speke", phone=LINE, **now), past) == ["household"]


def test_two_homes_told_in_part_are_one_where_the_line_told_one_in_full() -> None:
    now, before = person("Edith Speke", phone=LINE, **IN_PART), person("Otto Speke", phone=LINE, **IN_PART)
    assert tier(now, before) == ["phone"]
    assert tier(now, person("Otto Speke", phone=LINE, **WHOLE), before) == ["household", "household"]


def test_another_line_tells_nothing_of_the_home() -> None:
    now, before = (
        person("Edith Speke", phone=LINE, **IN_PART),
        person("Otto Speke", phone="01632 960115", **WHOLE),
    )
    assert tier(now, before) == ["none"]


def test_a_line_of_many_tells_nothing_of_the_home() -> None:
    now, before = person("Edith Speke", phone=LINE, **IN_PART), person("Otto Speke", phone=LINE, **WHOLE)
    assert tier(now, before, shared=frozenset({now.phone or ""})) == ["phone"]


def test_a_line_with_that_number_and_street_in_two_towns_tells_nothing_of_the_home() -> None:
    now, before = person("Edith Speke", phone=LINE, **IN_PART), person("Otto Speke", phone=LINE, **WHOLE)
    elsewhere = person("Otto Speke", phone=LINE, address="14 Larch Road", postcode="CB1 9ZZ")
    assert tier(now, elsewhere, before) == ["phone", "phone"]


def test_who_is_no_household_any_longer_stays_found_by_the_line() -> None:
    now, before = person("Edith Speke", phone=LINE, **IN_PART), person("Otto Speke", phone=LINE, **WHOLE)
    assert tier(now, before, days=1_000) == ["phone"]
