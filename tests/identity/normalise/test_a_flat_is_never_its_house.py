"""House, flat and building are told apart: the error that gives one household another's history."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.identity.normalise.addresses import Address, read_address

POSTCODE = "PE13 9ZY"


def read(text: str) -> Address:
    address = read_address(text, POSTCODE)
    assert address is not None
    return address


def test_a_flat_and_its_house_are_not_one_dwelling() -> None:
    flat, house = read("Flat 2, 9 Bellfield Court"), read("9 Bellfield Court")
    assert flat.dwelling != house.dwelling
    assert flat.house_key == house.house_key
    assert flat.dwelling != read("Flat 3, 9 Bellfield Court").dwelling


@pytest.mark.parametrize(
    "text",
    ["Flat 2 9 Bellfield Court", "2, 9 Bellfield Court", "FLAT 2, 9 BELLFIELD COURT",
     "Flat 2, 9 Bellfield Ct", "2/9 Bellfield Court",
     "9 Bellfield Court, Flat 2", "Apt 2, 9 Bellfield Court", "flat no. 2; 9 bellfield ct.",
     "2 9 Bellfield Crt PE13 9ZY", "Flt 2 9 Bellfield Court", "flat2, 9 Bellfield Court"],
)  # fmt: skip
def test_one_flat_however_typed(text: str) -> None:
    address = read(text)
    assert (address.kind, address.flat, address.house, address.street) == (
        "flat",
        "2",
        "9",
        "BELLFIELD COURT",
    )


def test_the_word_flat_may_be_missing_before_a_block() -> None:
    assert read("Flat 2 Bellfield Court").dwelling == read("2 Bellfield Court").dwelling
    assert (
        read("12 Station Court Station Approach").dwelling
        == read("Flat 12 Station Court, Station Approach").dwelling
    )
    assert read("3 Warners Mill, Silks Way").dwelling == read("Flat 3 Warners Mill Silks Way").dwelling


def test_flat_a_of_21_is_21a_and_not_21() -> None:
    assert (
        read("Flat A, 21 Elm Road").dwelling == read("21A Elm Road").dwelling == read("21 A Elm Rd").dwelling
    )
    assert read("21 Elm Road").dwelling != read("21A Elm Road").dwelling


def test_a_number_behind_flat_is_no_house() -> None:
    address = read("Flat 12 High Street")
    assert (address.flat, address.house) == ("12", None)
    assert address.dwelling != read("12 High Street").dwelling


@pytest.mark.parametrize(
    ("text", "flat", "house"),
    [
        ("First Floor Flat, 12 High St", "FIRST FLOOR", "12"),
        ("Top flat 12 High Street", "TOP", "12"),
        ("Basement 4 Elm Road", "BASEMENT", "4"),
        ("Top Floor Flat 3, 12 Elm Road", "3", "12"),
        ("Room 3, 14 Elm Road", "ROOM 3", "14"),
        ("Unit 4, 9 Fen Way", "UNIT 4", "9"),
        ("12 - 14 High Street", None, "12-14"),
        ("71 and 73 High Street", None, "71-73"),
        ("81/85 High Street", None, "81-85"),
        ("17 17 Castle Lane", None, "17"),
        ("12 A High Street", None, "12A"),
        ("The Coffee Shop 12 High Street", None, "12"),
        ("8 Capgrave Court", None, "8"),
        ("27 St. Cuthberts Street", None, "27"),
    ],
)
def test_flat_and_house(text: str, flat: str | None, house: str) -> None:
    address = read(text)
    assert (address.flat, address.house) == (flat, house)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("14 Larch Road", "house"),
        ("Rose Cottage, Mill Lane", "building"),
        ("Willow House Care Home, 1 Park Road", "communal"),
        ("Tesco Express, High Street", "business"),
        ("Narrowboat Rosie, The Moorings", "boat"),
        ("Market Place", "road_only"),
        ("Junction of Mill Lane and Station Road", "crossing"),
        ("Station Rd / Mill Ln", "crossing"),
        ("Outside 14 Larch Road", "beside"),
        ("Rear of 14 Larch Road", "beside"),
        ("PO Box 12, Wisbech", "po_box"),
        ("NFA", "postcode_only"),
        ("Wisbech", "unrecognised"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert read(text).kind == kind


def test_a_communal_home_is_nobodys_dwelling_but_a_place() -> None:
    address = read("Willow House Care Home, 1 Park Road")
    assert address.dwelling is None
    assert address.house_key is not None
    with_uprn = read_address("Willow House Care Home, 1 Park Road", POSTCODE, "0100")
    assert with_uprn is not None
    assert with_uprn.dwelling is None


@pytest.mark.parametrize(
    "text", ["Outside 14 Larch Road", "Mill Lane", "Mill Lane j/w Station Road", "PO Box 12", "Wisbech"]
)
def test_what_is_no_home_has_no_dwelling(text: str) -> None:
    assert read(text).dwelling is None


def test_without_a_postcode_nothing_is_joined() -> None:
    address = read_address("14 Larch Road")
    assert address is not None
    assert (address.dwelling, address.house_key) == (None, None)


def test_the_uprn_comes_first_and_the_words_stay() -> None:
    address = read_address("14 Larch Road", POSTCODE, "00100023")
    assert address is not None
    assert address.dwelling == "UPRN 100023"
    assert address.dwelling_by_words == read("14 Larch Road").dwelling


def test_nothing_given_is_missing() -> None:
    assert read_address(None) is None
    assert read_address(" ", "") is None
    assert read_address("refused") is None


def test_the_order_of_a_crossing_does_not_matter() -> None:
    assert read("Mill Lane / Station Road").street == read("Station Rd j/w Mill Ln").street


NUMBERS = st.integers(1, 300).map(str)
STREETS = st.sampled_from(
    [
        ("Larch", "Road", "Rd"),
        ("Mill Hill", "Lane", "Ln"),
        ("St Marys", "Street", "St"),
        ("Elm", "Close", "Cl"),
        ("Orchard", "Drive", "Dr"),
    ]
)


@given(NUMBERS, NUMBERS, STREETS, st.booleans(), st.sampled_from([" ", ", ", " , ", ",\n"]))
def test_case_punctuation_and_short_words_do_not_matter(
    flat: str, house: str, street: tuple[str, str, str], upper: bool, gap: str
) -> None:
    plain = read(f"Flat {flat}, {house} {street[0]} {street[1]}, Wisbech")
    other = f"flat {flat}{gap}{house}  {street[0]} {street[2]}.{gap}wisbech"
    assert read(other.upper() if upper else other) == plain
    assert read(plain.printed) == plain


@given(NUMBERS, STREETS)
def test_the_printed_form_of_a_house_is_read_as_the_same_house(
    house: str, street: tuple[str, str, str]
) -> None:
    address = read(f"{house} {street[0]} {street[2]}")
    assert read(address.printed) == address


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text: str) -> None:
    address = read_address(text, POSTCODE)
    assert address is not None
    assert address.postcode is not None
    assert address.printed.isascii()


PIECES = st.sampled_from(
    [
        "FLAT",
        "2",
        "9",
        "9A",
        "12-14",
        "2/9",
        "21/",
        "A",
        "HIGH",
        "STREET",
        "COURT",
        "HOUSE",
        ",",
        "AND",
        "TO",
        "FLOOR",
        "TOP",
        "UNIT",
        "ST",
        "THE",
        "PO BOX",
        "OUTSIDE",
        "BASEMENT",
        "/",
        "NO",
        "BOAT",
    ]
)


@given(st.lists(PIECES, max_size=10))
def test_any_order_of_address_words_is_read_without_an_error(pieces: list[str]) -> None:
    read_address(" ".join(pieces), POSTCODE)
