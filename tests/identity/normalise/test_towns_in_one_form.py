"""Towns told in several ways are one, and two towns stay two."""

from __future__ import annotations

import pytest

from everycall.identity.mention import person_of
from everycall.identity.normalise.towns import town_of
from everycall.identity.told_beside import told_level


def town(address: str, postcode: str | None = None) -> str | None:
    return person_of("Maureen Peck", None, None, None, None, address, postcode, None).town


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St Ives", "Saint Ives"),
        ("ST. IVES, CAMBS", "st ives"),
        ("Newcastle upon Tyne", "Newcastle-on-Tyne"),
        ("Gt Yarmouth, Norfolk", "Great Yarmouth"),
        ("Wisbech, Cambridgeshire, UK", "WISBECH"),
        ("Leeds, West Yorkshire", "Leeds"),
        ("King's Lynn", "Kings Lynn"),
    ],
)
def test_a_town_told_in_two_ways_has_one_form(one: str, other: str) -> None:
    assert town(f"14 Larch Road, {one}") == town(f"14 Larch Road, {other}") is not None


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("WISBECH", "WISBEACH", "same"),
        ("BRISTOL", "KINGSWOOD BRISTOL", "same"),
        ("KINGSWOOD BRISTOL", "FISHPONDS BRISTOL", "different"),
        ("ELY", "EYE", "different"),
        ("ELY", "ELM", "different"),
        ("NEWCASTLE TYNE", "NEWCASTLE LYME", "different"),
        ("MARCH", "WISBECH", "different"),
        ("HAM", "EAST HAM", "same"),
        ("HAM", "OLDHAM", "different"),
    ],
)
def test_two_towns_are_the_same_but_for_a_slip_or_where_one_is_told_within_the_other(
    one: str, other: str, level: str
) -> None:
    assert told_level(one, other) == told_level(other, one) == level


def test_a_county_alone_is_kept_and_small_words_alone_are_nothing() -> None:
    assert town_of("NORFOLK") == "NORFOLK"
    assert town_of("UPON") is None


def test_an_address_that_is_a_town_alone_tells_no_home_and_so_no_town() -> None:
    assert town("Wisbech") is None
    assert town("NFA") is None
    assert town("Wisbech", "PE13 9ZZ") == "WISBECH"
