"""Addresses that are not one home and not quite two: a slip in a number, a neighbour, another street."""

from __future__ import annotations

import pytest

from everycall.identity.homes import address_level
from everycall.identity.mention import Mention, person_of

HOME = ("14 Larch Road", "PE13 9ZZ")


def at(address: str | None, postcode: str | None) -> Mention:
    return person_of("Maureen Peck", None, None, None, None, address, postcode, None)


@pytest.mark.parametrize(
    ("address", "postcode", "level"),
    [
        ("14 Larch Road", "PE13 9ZZ", "dwelling"),
        ("14 Larch Raod", "PE13 9ZZ", "dwelling"),
        ("14 Mill Lane", "PE13 9ZZ", "same_number"),
        ("14 Larch Road", "PE13 9ZX", "house"),
        ("41 Larch Road", "PE13 9ZZ", "slip"),
        ("140 Larch Road", "PE13 9ZZ", "slip"),
        ("15 Larch Road", "PE13 9ZX", "slip"),
        ("14 Larch Road", "NR3 4WY", "elsewhere"),
        ("27 Larch Road", "PE13 9ZZ", "neighbour"),
        ("27 Larch Raod", "PE13 9ZZ", "neighbour"),
        ("27 Mill Lane", "PE13 9ZZ", "other_street"),
        ("14 Mill Lane", "PE13 9ZX", "other_street"),
        ("14 Mill Lane", "PE31 9ZZ", "other_street"),
        ("27 Mill Lane", "PE13 9ZX", "different"),
        ("14 Mill Lane", "PE13 9AB", "different"),
        ("27 Mill Lane", "NR3 4WY", "different"),
        ("27 Larch Road", None, "different"),
        ("Larch Road", None, "street"),
        ("Larch Road", "PE13 9ZX", "street"),
        (None, "PE13 9ZZ", "postcode"),
        (None, "PE13 9ZX", "different"),
        ("Mill Lane", None, "different"),
        (None, None, None),
    ],
)
def test_how_near_an_address_is(address: str | None, postcode: str | None, level: str | None) -> None:
    assert address_level(at(*HOME), at(address, postcode), ()) == level
    assert address_level(at(address, postcode), at(*HOME), ()) == level


def test_a_uprn_or_the_name_of_a_house_outweighs_another_street() -> None:
    one = person_of("Maureen Peck", None, None, None, None, *HOME, "199000000001")
    other = person_of("Maureen Peck", None, None, None, None, "14 Mill Lane", "PE13 9ZZ", "199000000001")
    assert address_level(one, other, ()) == "dwelling"
    named, elsewhere = at("Rose Cottage, Mill Lane", "PE13 9ZZ"), at("Rose Cottage, Larch Road", "PE13 9ZZ")
    assert address_level(named, elsewhere, ()) == "dwelling"


def test_a_home_shared_by_many_says_nothing_in_whatever_street() -> None:
    one, other = at(*HOME), at("14 Mill Lane", "PE13 9ZZ")
    assert address_level(one, other, {str(one.dwelling)}) is None


def test_two_flats_of_one_building_are_neighbours_unless_many_live_there() -> None:
    one, other = at("Flat 2, 14 Larch Road", "PE13 9ZZ"), at("Flat 9, 14 Larch Road", "PE13 9ZZ")
    assert address_level(one, other, ()) == "neighbour"
    assert address_level(one, other, {str(one.building)}) is None


def test_a_house_of_a_name_may_have_a_slip_in_it() -> None:
    one, other = at("Rose Cottage, Mill Lane", "PE13 9ZZ"), at("Rose Cotage, Mill Lane", "PE13 9ZZ")
    assert address_level(one, other, ()) == "slip"
