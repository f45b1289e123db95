"""Ages in the words, and what the thresholds make of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from everycall.call import LogLine
from everycall.vulnerability.words.reading import read


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("INFT IS 84, LIVES ALONE", 84, 84),
        ("CALLER AGED 75", 75, 75),
        ("78YO FEMALE CALLER", 78, 78),
        ("82 YEAR OLD MOTHER", 82, 82),
        ("CALLER IN HER EIGHTIES", 80, 89),
        ("CALLER DOB 1947", 78, 79),
        ("CALLER DOB 12/03/1947", 78, 79),
        ("caller is eighty four", 84, 84),
        ("CLR 79 HAS DRAWN OUT HER SAVINGS", 79, 79),
        ("CLR 87 YRS, SLOW TO ANSWER", 87, 87),
        ("her daughter, 7, saw it", 7, 7),
        ("she must be eighty if she's a day", 80, 80),
        ("I gave up driving at eighty", 80, 80),
        ("im gone eighty", 80, 80),
        ("not done stairs since my eighties", 80, 89),
        ("she is only nine", 9, 9),
        ("their boy, he'd be about nine, won't sleep", 9, 9),
        ("my mam is eighty six n they had her bin over", 86, 86),
        ("they hit a lad of nine, he was on his bike", 9, 9),
        ("mum is now 84", 84, 84),
        ("84 yrs, lives alone", 84, 84),
        ("CALLER 84 YRS LIVES ALONE", 84, 84),
        ("caller is 84yrs", 84, 84),
        ("IP 84YOA", 84, 84),
        ("84 YRS FEMALE", 84, 84),
        ("F/84", 84, 84),
        ("84/F", 84, 84),
        ("M/79 LIVES ALONE", 79, 79),
        ("84F LIVES ALONE", 84, 84),
        ("IP: 84 F", 84, 84),
        ("INFT (F, 84)", 84, 84),
        ("IP F84", 84, 84),
        ("AGE: 84", 84, 84),
        ("AGED: 91 YRS", 91, 91),
        ("aged 91", 91, 91),
        ("d.o.b. 1938", 87, 88),
        ("DOB 12-03-38", 87, 88),
        ("dob 12 march 1938", 87, 88),
        ("DATE OF BIRTH: 12/3/38", 87, 88),
        ("YOB 1938", 87, 88),
        ("b. 1938", 87, 88),
        ("born in 38", 87, 88),
        ("IVY DUNN 88 LIVES ALONE", 88, 88),
        ("MRS DUNN 84, WIDOW", 84, 84),
        ("PENSIONER 84", 84, 84),
        ("they are both 84", 84, 84),
        ("she's 84 this year", 84, 84),
        ("had her 84th birthday last week", 83, 84),
    ],
)
def test_an_age_is_read(read_log, text, low, high):
    assert [(a.years_low, a.years_high) for a in read_log(text).ages] == [(low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "THERE IS 20 YOUTHS",
        "MY CAR IS 12 YEARS OLD",
        "they kick it and the fence is only 9 years old",
        "A 14 YEAR OLD DOG BARKING",
        "LIVES AT NUMBER 84",
        "10 YRS AGO",
        "DRIVING AT 80 MPH",
        "CALLED 75 TIMES",
        "IT IS 30 MINS AWAY",
        "CALLER 14 LARCH ROAD",
        "VICTIM 3 TIMES THIS WEEK",
        "OVER 80 CALLS",
        "DOING 80 MPH AT 80",
        "IT IS ONLY 9 AND THEY ARE DRUNK",
        "OUR NUMBER IS NOW 12",
        "A GANG OF NINE",
        "HE IS JUST 12 DOORS DOWN",
        "84 YARDS DOWN",
        "84M AWAY",
        "RUNS 84M ALONG THE FENCE",
        "FLAT 84F",
        "84F FORE STREET",
        "RESIDENT OF 84F",
        "BLOCK F/84",
        "CRIME REF M/79",
        "M74 NORTHBOUND",
        "REG F84 ABC",
        "IT WAS 84F IN THERE",
        "HOUSE 84 LIVES ALONE",
        "NEIGHBOUR AT 84 LIVES ALONE",
        "A 99 YR LEASE",
        "70 YRS OF THIS",
        "FEMALE 84 HIGH ST",
        "84TH BIRTHDAY PARTY NEXT DOOR",
        "her 80th birthday party",
        "IT WAS BUILT IN 38",
        "FLAT B, 1938 BUILDING",
    ],
)
def test_a_number_is_no_age(read_log, text):
    assert read_log(text).ages == ()


@pytest.mark.parametrize(("age", "strength"), [(64, None), (65, "weak"), (74, "weak"), (75, "strong")])
def test_older_from_the_packs_ages(said_of, age, strength):
    found = [f.strength for f in said_of("older_or_frail", f"CALLER AGED {age}")]
    assert found == ([strength] if strength else [])


def test_the_thresholds_are_the_callers_to_give(lexicon):
    log = [LogLine(text="CALLER AGED 62")]
    found = read(log, datetime(2026, 6, 12, tzinfo=UTC), lexicon, older_from=60, frail_from=62).findings
    assert [(f.code, f.strength) for f in found] == [("older_or_frail", "strong")]


def test_a_child_who_calls_is_a_child_victim(strong_codes):
    assert "child_victim" in strong_codes("CALLER AGED 14")
    assert "child_victim" not in strong_codes("CALLER AGED 18")


def test_youths_ages_are_not_the_victims(strong_codes, read_log):
    assert "child_victim" not in strong_codes("YOUTHS AGED 14 THROWING STONES")
    assert [a.who for a in read_log("YOUTHS AGED 14 THROWING STONES").ages] == ["suspect"]


@pytest.mark.parametrize(
    "text",
    [
        "SUSPECT M/79",
        "SUSP IS F/84",
        "OFFENDER 84 YRS",
        "SUSPECT: MALE 84 YRS",
        "MALE AGED 79 SHOUTING AT STAFF",
    ],
)
def test_a_suspects_age_is_not_the_victims(said_of, text):
    assert {f.assertion for f in said_of("older_or_frail", text)} <= {"other_person"}


@pytest.mark.parametrize("text", ["FEMALE 84 FALLEN", "LADY OF 84", "M/79 KICKING DOOR"])
def test_one_of_age_who_may_be_the_victim_is_asked_about(said_of, text):
    assert [(f.assertion, f.strength) for f in said_of("older_or_frail", text)] == [("possible", "weak")]


@pytest.mark.parametrize(
    "text",
    [
        "GIRL IN THE CAR IS 12 YEARS OLD",
        "ALONE IN THE HOUSE, 11 YEARS OLD",
        "the lad at our door is 9 years old",
    ],
)
def test_a_thing_beside_a_child_hides_no_child(read_log, text):
    assert read_log(text).ages


@pytest.mark.parametrize(
    "text", ["my son, 34, has a key", "34 year old son", "HIS DAUGHTER (26) IN BED", "84 YR OLD IN BED"]
)
def test_one_who_is_grown_is_no_child(strong_codes, text):
    assert not {"child_in_household", "child_victim"} & strong_codes(text)


@pytest.mark.parametrize(
    "text",
    ["CALLER 34 WITH TWO KIDS", "CALLER, 34, KIDS ASLEEP UPSTAIRS", "MALE AGED 40, MY SON, 12, IS SCARED"],
)
def test_a_grown_ones_age_hides_no_child(strong_codes, text):
    assert "child_in_household" in strong_codes(text)


@pytest.mark.parametrize("text", ["INF 5MTHS GONE", "HAS AN 18MTH OLD IN BED"])
def test_a_number_joined_to_weeks_or_months_is_read(read_log, text):
    assert {"pregnancy", "child_in_household"} & {f.code for f in read_log(text).findings}
