"""The town and the name of a house beside its number: told apart where they tell something, and never twice."""

from __future__ import annotations

from datetime import date

import pytest

from everycall.identity.compare import Score, compare
from everycall.identity.homes import address_level
from everycall.identity.mention import Mention, person_of
from everycall.identity.model import shipped_model
from everycall.identity.why_drawn import in_words

DAY = date(2026, 3, 2)


def at(address: str | None, postcode: str | None = None, name: str = "Maureen Peck") -> Mention:
    return person_of(name, None, None, None, None, address, postcode, None)


def weigh(one: Mention, other: Mention, then: date = DAY) -> Score:
    return compare(one, other, DAY, then, shipped_model())


def test_the_same_town_counts_for_and_another_against_where_a_postcode_is_missing() -> None:
    here = at("14 Larch Road, Wisbech")
    plain = weigh(here, at("14 Larch Road", "PE13 9ZZ")).bits
    same = weigh(here, at("14 Larch Road, Wisbeach, Cambs", "PE13 9ZZ"))
    other = weigh(here, at("14 Larch Road, Norwich"))
    assert same.bits > plain > other.bits
    assert same.level("town") == "same"
    assert "town" in same.agrees
    assert "town" in other.differs
    assert [told for told in in_words(same, 20.0) if "town: same (+" in told]


def test_a_town_that_was_not_told_counts_nothing() -> None:
    assert weigh(at("14 Larch Road, Wisbech"), at("14 Larch Road")).level("town") is None


def test_another_town_counts_less_with_the_years_since_people_move() -> None:
    one, other = at("14 Larch Road, Wisbech"), at("9 Mill Lane, Norwich")

    def against(then: date) -> float:
        return sum(a.bits for a in weigh(one, other, then).agreements if a.field == "town")

    assert against(DAY) < against(date(2016, 3, 2)) < 0


@pytest.mark.parametrize("name", ["Maureen Peck", "Aaron Peck"])
def test_what_one_address_tells_twice_does_not_count_twice_for_a_family(name: str) -> None:
    told = "Rose Cottage, 14 Larch Road, Wisbech"
    bare = weigh(at("14 Larch Road", "PE13 9ZZ"), at("14 Larch Road", "PE13 9ZZ", name))
    whole = weigh(at(told, "PE13 9ZZ"), at(told, "PE13 9ZZ", name))
    slipped = weigh(at(told, "PE13 9ZZ"), at(told, "PE13 9ZX", name))
    assert whole.bits == pytest.approx(bare.bits)
    assert whole.agrees == bare.agrees
    assert whole.differs == bare.differs
    assert {"town_by_postcode", "house_name_by_number"} <= {a.field for a in whole.agreements}
    assert slipped.bits < whole.bits


def test_one_name_of_a_house_counts_where_number_or_postcode_differ() -> None:
    one, other = at("Rose Cottage, 14 Larch Road", "PE13 9ZZ"), at("Rose Cotage, 41 Larch Road", "NR3 4WY")
    found = weigh(one, other)
    assert found.level("house_name") == "same"
    assert "house_name" in found.agrees
    assert found.bits > weigh(one, at("41 Larch Road", "NR3 4WY")).bits


@pytest.mark.parametrize(
    ("address", "postcode", "level"),
    [
        ("Rose Cottage, Mill Lane", "PE13 9ZZ", "house"),
        ("Rose Cottage", "PE13 9ZZ", "house"),
        ("Rose Cottage, Mill Lane", "PE13 9ZX", "house"),
        ("Elm Cottage, Mill Lane", "PE13 9ZZ", "neighbour"),
        ("Rose Cottage, Larch Road", "PE13 9ZX", "different"),
    ],
)
def test_a_house_told_once_by_number_and_name_and_once_by_name_alone_is_no_neighbour_of_itself(
    address: str, postcode: str, level: str
) -> None:
    both = at("Rose Cottage, 12 Mill Lane", "PE13 9ZZ")
    assert address_level(both, at(address, postcode), ()) == level
    assert address_level(at(address, postcode), both, ()) == level
    assert address_level(both, at("Rose Cottage, Mill Lane", "PE13 9ZZ"), {str(both.building)}) is None


def test_the_name_of_a_home_of_many_tells_nobody() -> None:
    assert at("Sunny Bank Care Home, 12 Mill Lane", "PE13 9ZZ").house_name is None
    assert at("Rose Cottage, Mill Lane", "PE13 9ZZ").house_name is None, "the key tells it already"
    assert at("Rose Cottage, Mill Lane").house_name == "ROSE COTTAGE"
