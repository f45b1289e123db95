"""Telephone numbers ring nowhere and postcodes do not exist, in every file of the made-up force."""

from __future__ import annotations

import re
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st
from made_force import force, lines, rows

from everycall.demo.phones import Phones, written_phone
from everycall.demo.streets import postcode

DRAMA = re.compile(r"0(1632960|7700900)\d{3}")
NUMBER = re.compile(r"(?<![\d.:T-])(?:\+44|0044|0)[\d -]{9,13}\d(?![\d.])")
POSTCODE = re.compile(r"\b[A-Za-z]{2}\d{1,2} ?\d[A-Za-z]{2}\b")


def national(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return "0" + re.sub("^(0044|44|0)", "", digits)


def phones() -> list[str]:
    found = []
    for call in (*lines("calls.jsonl"), *lines("new-calls.jsonl")):
        for party in (call.get("caller", {}), *call.get("victims", [])):
            if "phone" in party:
                found.append(party["phone"])
    found += [row["Inf Tel"] for row in rows("calls.csv") if row["Inf Tel"]]
    return found + [flag["about"]["phone"] for flag in lines("flags.jsonl") if "phone" in flag["about"]]


def test_every_number_is_one_for_drama() -> None:
    found = phones()
    assert len(found) > 2_000
    assert [number for number in found if not DRAMA.fullmatch(national(number))] == []


def test_numbers_are_written_in_many_ways() -> None:
    shapes = {re.sub(r"\d", "9", number) for number in phones()}
    assert {"99999 999 999", "99999999999", "+99 9999 999999", "99999999999999"} <= shapes


def test_no_log_holds_a_number() -> None:
    for call in (*lines("calls.jsonl"), *lines("new-calls.jsonl")):
        for line in call["log"]:
            assert not NUMBER.search(line["text"])


def test_no_postcode_is_real() -> None:
    found = set()
    for name in force()[1].files:
        found |= set(POSTCODE.findall((force()[0] / name).read_text("utf-8")))
    assert len(found) > 40
    real = [one for one in found if not set(one.replace(" ", "").upper()[-2:]) & set("CIKMOV")]
    assert real == []


@given(st.integers(0, 2_000_000))
def test_postcodes_of_any_size_of_force_are_invented(index: int) -> None:
    assert set(postcode(index)[-2:]) & set("CIKMOV")


def test_postcodes_do_not_come_round_early() -> None:
    first = [postcode(index) for index in range(100_000)]
    assert len(set(first)) == len(first)
    assert not any(one.endswith(("9VC", "9VI", "9VK", "9VM", "9VO", "9VV")) for one in islice(first, 100_000))


@given(st.integers(0, 10_000_000))
def test_the_situations_numbers_are_nobody_elses(index: int) -> None:
    assert int(Phones().landline(index)[-3:]) < 900
    assert int(Phones().mobile(index)[-3:]) < 900


@given(st.integers(0, 10_000_000))
def test_a_larger_pool_stays_in_the_area_code_of_no_place(index: int) -> None:
    number = Phones(500_000).landline(index)
    assert re.fullmatch(r"01632\d{6}", number)
    assert not number.startswith("01632960")


@given(st.integers(0, 999), st.randoms(use_true_random=False))
def test_however_it_is_written_it_is_the_same_number(index: int, random: object) -> None:
    number = Phones().landline(index)
    assert national(written_phone(number, random.random)) == number  # type: ignore[attr-defined]
