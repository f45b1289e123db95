"""What tells words that only sound alike apart takes no victim away: each of these may at most be only possible."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

KEPT = Path(__file__).parents[2] / "benchmarks" / "words" / "victims_kept.jsonl"
VICTIMS = ("caller", "victim", "household", "unknown")


def test_a_victim_in_words_near_those_that_sound_alike_is_kept(read_log):
    rows = [json.loads(line) for line in KEPT.read_text("utf-8").splitlines()]
    assert len(rows) > 300
    hidden = [
        (row["indicator"], row["text"])
        for row in rows
        if not any(
            f.code == row["indicator"] and f.assertion in ("present", "possible") and f.who in VICTIMS
            for f in read_log(row["text"]).findings
        )
    ]
    assert hidden == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("WORKING IN A SHOP ON HER OWN", "alone_or_isolated"),
        ("my son was punched", "domestic_abuse"),
        ("HOMELESS MAN ASLEEP IN DOORWAY, HE IS THE CALLER", "homelessness"),
        ("he took his prescribed tablets, all of them", "suicide_now"),
    ],
)
def test_what_may_be_something_else_is_never_strong(read_log, text, code):
    assert not [
        f
        for f in read_log(text).findings
        if f.code == code and f.strength == "strong" and f.assertion == "present"
    ]


def test_words_that_an_entry_takes_for_possible_are_weak(said_of):
    found = said_of("domestic_abuse", "MY SON IS AT THE DOOR DRUNK AND THREATENING ME")
    assert {(f.assertion, f.strength) for f in found} == {("possible", "weak")}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("HE HAS A CRICKET BAT AND IS COMING FOR HER", "weapon_or_violence_now"),
        ("HE HAS A BROKEN BOTTLE", "weapon_or_violence_now"),
        ("MALE HAS A BOTTLE OF PETROL", "weapon_or_violence_now"),
        ("HE HIT HER HEAD ON THE FLOOR", "violence_used"),
        ("HE IS IN HER HOUSE NOW", "immediate_danger"),
        ("ON CCTV MALE AT DOOR", "suspect_present"),
        ("HE FOLLOWED HER ON FOOT ALL THE WAY HOME", "targeted"),
        ("HE HAS GOT HER ADDRESS AND WAITS FOR HER AT THE BUS STOP", "targeted"),
        ("HE HITS ME WHEN THE FOOTBALL IS ON", "domestic_abuse"),
        ("SHE IS GOING TO JUMP OFF THE BRIDGE INTO THE RIVER", "suicide_or_self_harm"),
    ],
)
def test_words_that_sound_harmless_near_a_danger_take_nothing_away(said_of, text, code):
    assert {f.assertion for f in said_of(code, text)} & {"present", "possible"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("HUSBAND IS AT THE DOOR WITH A BAT, HE HIT ME", "suspect_present"),
        ("HER SON IS AT HER DOOR KICKING IT", "suspect_present"),
    ],
)
def test_one_of_the_callers_side_in_an_unless_leaves_it_possible(said_of, text, code):
    assert {f.assertion for f in said_of(code, text)} & {"present", "possible"}


def test_words_that_are_only_possible_swallow_no_surer_ones_inside_them(said_of):
    text = "Since I gave evidence against his cousin no one in the family will open the door to me."
    assert "present" in {f.assertion for f in said_of("alone_or_isolated", text)}


def test_a_possible_wider_than_an_unless_goes_before_it(said_of):
    code = "learning_disability_or_autism"
    assert {f.assertion for f in said_of(code, "my son goes on the special needs school bus")} == {"possible"}
    assert said_of(code, "SPECIAL NEEDS SCHOOL BUS BLOCKED BY PARKED CARS") == []
