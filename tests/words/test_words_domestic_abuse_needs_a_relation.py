"""Domestic abuse is by a partner, an ex or kin: of one named as a neighbour or stranger it is only possible."""

from __future__ import annotations

import pytest

CODE = "domestic_abuse"


@pytest.mark.parametrize(
    "text",
    [
        "NEIGHBOUR IS OUTSIDE SHOUTING AND HE SAYS HE WILL KILL HER",
        "CALLER STATES NEIGHBOUR AT HER DOOR, HE SAYS HE WILL KILL HER",
        "she was grabbed by the neighbour and he says he will kill her",
    ],
)
def test_of_a_neighbour_or_stranger_it_is_only_possible(strong_codes, said_of, text):
    assert CODE not in strong_codes(text)
    assert {f.assertion for f in said_of(CODE, text)} <= {"possible"}
    assert "threat_to_life" in strong_codes(text)


@pytest.mark.parametrize(
    "texts",
    [
        ("HE SAYS HE WILL KILL HER",),
        ("NEIGHBOUR HEARD SCREAMING, HE SAYS HE WILL KILL HER",),
        ("NEIGHBOUR IS SHOUTING AT HER HUSBAND AND HE SAYS HE WILL KILL HER",),
        ("COUPLE NEXT DOOR, HE SAYS HE WILL KILL HER",),
        ("NEIGHBOUR OUTSIDE HER DOOR IS HER EX, HE SAYS HE WILL KILL HER",),
        ("NEIGHBOUR IS OUTSIDE AND HE SAYS HE WILL KILL HER", "SHE USED TO GO OUT WITH HIM"),
    ],
)
def test_where_a_relation_may_be_meant_or_is_told_on_any_line_it_is_present(strong_codes, texts):
    assert CODE in strong_codes(*texts)


KILL = "HE SAYS HE WILL KILL HER"


@pytest.mark.parametrize(
    "texts",
    [
        ("a neighbour", KILL),
        ("it's just the bloke next door", KILL),
        ("WHO IS HE? A NEIGHBOUR", KILL),
        (KILL, "IT IS THE MAN UPSTAIRS"),
        ("HER NEIGHBOUR IS OUTSIDE SHOUTING", KILL),
        ("DISPUTE WITH NEIGHBOUR OVER FENCE", KILL),
        ("CALLER COMPLAINING ABOUT HER NEIGHBOUR AT NO 9", KILL),
        ("THREATS FROM A NEIGHBOUR", KILL),
        ("HER NEIGHBOUR HAS A KNIFE", KILL),
    ],
)
def test_who_it_is_may_stand_in_another_line(strong_codes, said_of, texts):
    assert CODE not in strong_codes(*texts)
    assert {f.assertion for f in said_of(CODE, *texts)} == {"possible"}
    assert "threat_to_life" in strong_codes(*texts)


@pytest.mark.parametrize(
    "texts",
    [
        ("CALLER IS A NEIGHBOUR", KILL),
        ("CALLER: NEIGHBOUR", KILL),
        ("NEIGHBOUR CALLING", KILL),
        ("REPORT FROM A NEIGHBOUR", KILL),
        ("CALLED IN BY A NEIGHBOUR", KILL),
        ("I am her neighbour", KILL),
        ("NEIGHBOUR IS OUTSIDE WITH HER", KILL),
        ("NEIGHBOUR HAS TAKEN THE KIDS IN", KILL),
        ("NEIGHBOUR OPPOSITE HAS CCTV", KILL),
        ("SHE RAN TO A NEIGHBOUR", KILL),
        ("LADS OUTSIDE SHOUTING", KILL),
        ("a neighbour", KILL, "HE IS HER EX"),
        ("NEIGHBOUR", KILL, "THEY LIVE TOGETHER"),
        ("NEIGHBOUR", "HE LIVES THERE WITH HER", KILL),
    ],
)
def test_a_neighbour_who_rings_or_helps_is_not_who_says_it(strong_codes, texts):
    assert CODE in strong_codes(*texts)
