"""Two mentions that may be one person, home or place share a key; else they are never compared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from everycall.call import Location, Party
from everycall.identity.births import slips_of
from everycall.identity.keys import Key, keys_asked, keys_of
from everycall.identity.mention import mention_of, place_key, same_home

FULL: dict[str, Any] = {
    "name": "Nora Tinsdale",
    "phone": "01632 960311",
    "date_of_birth": date(1958, 4, 17),
    "address": "21 Osier Way",
    "postcode": "PE13 9ZT",
}


def kinds_shared(one: dict[str, Any], other: dict[str, Any]) -> set[str]:
    mine = {key.hash: key.kind for key in keys_of(mention_of("caller", Party(**one), None))}
    theirs = {key.hash for key in keys_of(mention_of("caller", Party(**other), None))}
    return {kind for value, kind in mine.items() if value in theirs}


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ({"phone": "+44 (0)1632 960-311"}, "phone"),
        ({"address": "21 OSIER WAY", "postcode": "pe139zt"}, "dwelling"),
        ({"name": "Tinsdale Nora", "date_of_birth": date(1958, 4, 17)}, "born"),
        ({"name": "N Tinsdall", "address": "4 Weir Close", "postcode": "PE13 9ZA"}, "sound"),
        ({"name": "Nora Elphick", "date_of_birth": date(1958, 4, 17)}, "born"),
    ],
)
def test_somebody_told_otherwise_is_met(other: dict[str, Any], kind: str) -> None:
    assert kind in kinds_shared(FULL, other)


def test_somebody_else_is_not_met() -> None:
    other = {"name": "Otto Speke", "phone": "07700 900999", "address": "3 Hythe", "postcode": "CB7 9ZX"}
    assert kinds_shared(FULL, other) == set()


def test_a_home_without_its_flat_meets_the_flat() -> None:
    flat = {"address": "Flat 4, 30 Weavers Court", "postcode": "CB2 9ZT"}
    house = {"address": "30 Weavers Court", "postcode": "CB2 9ZT"}
    assert "dwelling" in kinds_shared(flat, house)


def test_a_uprn_decides_where_both_give_one_and_words_where_one_lacks_it() -> None:
    with_it = mention_of("caller", Party(**FULL, uprn="100091234"), None)
    without = mention_of("caller", Party(**FULL), None)
    another = mention_of("caller", Party(**FULL, uprn="100091235"), None)
    assert same_home(with_it, without)
    assert not same_home(with_it, another)


def test_an_address_alone_without_a_home_is_no_home() -> None:
    road = mention_of("caller", Party(address="Osier Way", postcode="PE13 9ZT"), None)
    assert not same_home(road, road)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Location(address="21 Osier Way", postcode="PE13 9ZT"),
            Location(address="21 OSIER WAY", postcode="pe13 9zt"),
        ),
        (Location(latitude=52.66121, longitude=0.15922), Location(latitude=52.661212, longitude=0.159221)),
        (
            Location(address="21 Osier Way", postcode="PE13 9ZT", uprn="100091234"),
            Location(address="21 Osier Way", postcode="PE13 9ZT"),
        ),
    ],
)
def test_one_place_told_twice_is_one_place(one: Location, other: Location) -> None:
    assert place_key(one) == place_key(other) is not None


def test_nothing_told_is_no_place() -> None:
    assert place_key(Location()) is None


@pytest.mark.parametrize(
    ("name", "born"),
    [
        ("Noura Tinsdale", date(1957, 4, 17)),
        ("Noura Tinsdell", date(1959, 4, 17)),
        ("Tinsdell Noura", date(1959, 4, 17)),
    ],
)
def test_a_name_spelled_otherwise_with_the_year_one_off_is_asked_for(name: str, born: date) -> None:
    told = mention_of("caller", Party(name=FULL["name"], date_of_birth=FULL["date_of_birth"]), None)
    other = mention_of("caller", Party(name=name, date_of_birth=born), None)
    for now, before in ((told, other), (other, told)):
        assert _hashes(keys_of(now)).isdisjoint(_hashes(keys_of(before)))
        assert _hashes(keys_asked(now)) & _hashes(keys_of(before))


def test_day_and_month_swapped_are_asked_for() -> None:
    told = mention_of("caller", Party(name="Leila Osman", date_of_birth=date(1972, 2, 4)), None)
    other = mention_of("caller", Party(name="Layla Uthman", date_of_birth=date(1972, 4, 2)), None)
    assert _hashes(keys_of(told)).isdisjoint(_hashes(keys_of(other)))
    assert _hashes(keys_asked(told)) & _hashes(keys_of(other))


def test_no_more_is_asked_than_the_slips_and_one_place_is_itself_alone() -> None:
    told = mention_of("caller", Party(**FULL), None)
    assert len(_hashes(keys_asked(told)) - _hashes(keys_of(told))) == 2  # two years
    unborn = mention_of("caller", Party(name=FULL["name"], phone=FULL["phone"]), None)
    assert list(keys_asked(unborn)) == list(keys_of(unborn))


@pytest.mark.parametrize(
    ("born", "slips"),
    [
        (date(1972, 4, 2), {date(1971, 4, 2), date(1973, 4, 2), date(1972, 2, 4)}),
        (date(1972, 4, 4), {date(1971, 4, 4), date(1973, 4, 4)}),
        (date(1972, 4, 13), {date(1971, 4, 13), date(1973, 4, 13)}),
        (date(1972, 2, 29), set()),
        (date(1, 1, 1), {date(2, 1, 1)}),
        (date(9999, 12, 31), {date(9998, 12, 31)}),
    ],
)
def test_the_slips_of_a_birth_date_are_dates_that_there_are(born: date, slips: set[date]) -> None:
    assert set(slips_of(born)) == slips
    assert all(born in slips_of(one) for one in slips)


def _hashes(keys: Iterable[Key]) -> set[int]:
    return {key.hash for key in keys}
