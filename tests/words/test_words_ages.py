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
    ],
)
def test_an_age_is_read(read_log, text, low, high):
    assert [(a.years_low, a.years_high) for a in read_log(text).ages] == [(low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "THERE IS 20 YOUTHS",
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


@pytest.mark.parametrize("text", ["INF 5MTHS GONE", "HAS AN 18MTH OLD IN BED"])
def test_a_number_joined_to_weeks_or_months_is_read(read_log, text):
    assert {"pregnancy", "child_in_household"} & {f.code for f in read_log(text).findings}
