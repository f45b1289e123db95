"""Spaces, brackets and dialling codes do not make another phone; no number is not a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.identity.normalise.phones import read_phone


@given(st.integers(0, 999), st.sampled_from(["1632960", "7700900"]), st.data())
def test_every_way_of_typing_gives_the_same_phone(last: int, range_: str, data: st.DataObject) -> None:
    national = f"{range_}{last:03}"
    prefix = data.draw(st.sampled_from(["0", "+44", "0044", "+44 (0)", "44", "(0", "+44 0", "0044 (0)"]))
    spread = "".join(
        d + data.draw(st.sampled_from(["", " ", "-", ".", ") " if prefix == "(0" else ""])) for d in national
    )
    phone = read_phone(prefix + spread)
    assert phone is not None
    assert phone.e164 == f"+44{national}"
    assert phone.mobile == national.startswith("7")


@pytest.mark.parametrize(
    "text",
    [None, "", "withheld", "Anonymous", "ex-directory", "999", "101", "N/K", "01632 96", "0000000000", "07777777777",
     "01234567890", "123456789012345678901234567890", "😀"],
)  # fmt: skip
def test_no_number_is_missing(text: str | None) -> None:
    assert read_phone(text) is None


@pytest.mark.parametrize(
    "text", ["07700 900141 / 01632 960114", "07700 900141 or 01632 960114", "07700900141 01632960114"]
)
def test_of_two_numbers_the_first_is_read_and_the_other_kept(text: str) -> None:
    phone = read_phone(text)
    assert phone is not None
    assert (phone.e164, phone.others) == ("+447700900141", ("+441632960114",))


@pytest.mark.parametrize(
    "text", ["1632960114", "O1632 96O114", "mob: 01632/960114", "01632 960114 ext 12", "01632 960114/5"]
)
def test_slips_and_additions_do_not_hide_the_number(text: str) -> None:
    phone = read_phone(text)
    assert phone is not None
    assert phone.e164 == "+441632960114"


def test_a_foreign_number_keeps_its_country() -> None:
    phone = read_phone("+353 1 234 5678")
    assert phone is not None
    assert phone.e164 == "+35312345678"


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error_and_again_the_same(text: str) -> None:
    phone = read_phone(text)
    if phone is not None:
        again = read_phone(phone.e164)
        assert again is not None
        assert again.e164 == phone.e164


@pytest.mark.parametrize(
    "text",
    [
        "7700900123.0",
        "447700900123.0",
        "07700900123.0",
        "7.700900123E+09",
        "7.700900123e9",
        "4.47700900123E+11",
    ],
)
def test_a_number_that_a_table_took_for_a_sum_is_read_when_each_digit_stands_there(text: str) -> None:
    phone = read_phone(text)
    assert phone is not None
    assert phone.e164 == "+447700900123"


@pytest.mark.parametrize(
    "text", ["7.70E+09", "7.7009E+09", "7.70090012E+09", "4.47700900E+11", "1.63296011E+09"]
)
def test_a_rounded_number_is_nobodys(text: str) -> None:
    """Else all whose numbers begin alike would be one person."""
    assert read_phone(text) is None
