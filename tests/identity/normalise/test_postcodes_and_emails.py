"""Postcodes and e-mail addresses in one form; two dates of birth compared, and a missing one never differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.identity.normalise.emails import read_email
from everycall.identity.normalise.postcodes import find_postcode, read_postcode


@pytest.mark.parametrize(
    "text", ["PE13 9ZZ", "pe13 9zz", "PE139ZZ", "PE13  9ZZ", " p.e.1.3 9zz ", "PEI3 9ZZ", "PEl3 9ZZ"]
)
def test_one_postcode_however_typed(text: str) -> None:
    code = read_postcode(text)
    assert code is not None
    assert (code.full, code.district, code.sector) == ("PE13 9ZZ", "PE13", "PE13 9")


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("CB1O 9AA", "CB10 9AA"), ("0X1 9AA", "OX1 9AA"), ("M1 9AA", "M1 9AA"), ("EC1A 9ZZ", "EC1A 9ZZ")],
)
def test_letters_and_digits_are_told_by_place(slip: str, meant: str) -> None:
    code = read_postcode(slip)
    assert code is not None
    assert code.full == meant


@pytest.mark.parametrize("text", [None, "", "PE13", "Melford", "QQ1 9AA", "12345", "unknown"])
def test_what_is_no_full_postcode_is_none(text: str | None) -> None:
    assert read_postcode(text) is None


def test_words_of_an_address_are_no_postcode() -> None:
    assert find_postcode("BURNT MILLS LONG MELFORD BLACK NOTLEY SWANTON MORLEY") is None
    found = find_postcode("14 LARCH ROAD PE13 9ZZ WISBECH")
    assert found is not None
    assert found[0].full == "PE13 9ZZ"


@given(st.text(max_size=30))
def test_any_text_is_read_without_an_error(text: str) -> None:
    code = read_postcode(text)
    if code is not None:
        assert read_postcode(code.full) == code
    assert read_email(text) is None or "@" in text


def test_emails() -> None:
    assert read_email(" Ada.Finch@Example.ORG ") == "ada.finch@example.org"
    assert read_email("none@none.com") is None
    assert read_email("refused") is None
    assert read_email(None) is None
