"""An emergency is heard in the words of those who are in one; its harmless twin is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SENTENCES = Path(__file__).parents[2] / "benchmarks" / "words" / "emergencies.jsonl"
DANGERS = {
    "fire",
    "immediate_danger",
    "suicide_now",
    "threat_to_life",
    "violence_used",
    "weapon_or_violence_now",
}


@pytest.fixture(scope="module")
def rows():
    rows = [json.loads(line) for line in SENTENCES.read_text("utf-8").splitlines()]
    assert len(rows) > 300
    return rows


def test_an_emergency_is_a_strong_word_of_its_kind(rows, strong_codes):
    said = [(row["indicator"], row["text"]) for row in rows if row["label"] == "present"]
    assert len(said) > 180
    assert [(code, text) for code, text in said if code not in strong_codes(text)] == []


def test_what_may_be_one_is_at_least_asked_about(rows, said_of):
    for row in rows:
        if row["label"] == "possible":
            assert {f.assertion for f in said_of(row["indicator"], row["text"])} & {"possible", "present"}


def test_its_harmless_twin_is_none(rows, strong_codes):
    twins = [row["text"] for row in rows if row["label"] == "none"]
    assert len(twins) > 140
    assert [(text, strong_codes(text) & DANGERS) for text in twins if strong_codes(text) & DANGERS] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("he'd burn the house down with us in it", "threat_to_life"),
        ("HED KILL HER HE SAYS", "threat_to_life"),
    ],
)
def test_what_he_would_do_is_no_less_than_what_she_would(strong_codes, text, code):
    assert code in strong_codes(text)
    assert code in strong_codes(text.replace("he'd", "she'd").replace("HED", "SHE WOULD"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the dog has hold of his lead and my arm", "weapon_or_violence_now"),
        ("he had a heart attack last year and is having a heart attack now", "immediate_danger"),
        ("SHE IS HAVING A HEART ATTACK AND HAD ONE LAST YEAR", "immediate_danger"),
        ("the wall collapsed on him", "immediate_danger"),
        (
            "chopping wood with an axe and now he has the axe in his hand at her door",
            "weapon_or_violence_now",
        ),
        ("he shot past my head with an air rifle", "immediate_danger"),
        ("she was shot in the arm", "immediate_danger"),
        ("she can't breathe through her nose, he broke it", "immediate_danger"),
        ("he has followed me home every night for months", "suspect_present"),
        ("HE KICKED THE BALL AT HER THEN PUNCHED HER", "violence_used"),
        ("he says he will drop me off the balcony, he has a knife", "weapon_or_violence_now"),
        ("KIDS SAT ON BRIDGE, ONE SAYS SHE IS GOING TO JUMP", "suicide_now"),
        ("SMOKE FROM HIS BBQ AND NOW THE FENCE IS ON FIRE", "fire"),
    ],
)
def test_words_of_a_twin_hide_no_danger(said_of, text, code):
    assert {f.assertion for f in said_of(code, text)} & {"possible", "present"}
