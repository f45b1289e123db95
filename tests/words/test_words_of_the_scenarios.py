"""The words of the acceptance scenarios, each with what has to be found and what must not."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            "SAYS ITS ALWAYS THEM IN PARTICULAR, HAS BEEN GOING ON FOR MONTHS AND GETTING WORSE",
            {"targeted", "repeat_or_escalating"},
        ),
        (
            "INFT USES WHEELCHAIR. LADS CALL HER NAMES AND BLOCK HER RAMP, ONLY HERS",
            {"physical_disability_or_illness", "targeted"},
        ),
        (
            "SAYS SHE IS DISABLED AND LADS ARE IN HER GARDEN",
            {"physical_disability_or_illness", "suspect_present"},
        ),
        (
            "INFT IS 84, LIVES ALONE SINCE HUSBAND DIED, NOT SLEEPING BECAUSE OF THEM",
            {"older_or_frail", "alone_or_isolated", "fear_or_impact"},
        ),
        (
            "CALLER HEARS SOMEONE IN HER KITCHEN, LIVES ALONE, AGED 75",
            {"suspect_present", "alone_or_isolated", "older_or_frail"},
        ),
        (
            "SAYS SHE HAS HAD ENOUGH OF THEM AND IS GOING TO END IT TONIGHT, HAS TABLETS IN HER HAND",
            {"suicide_now", "suicide_or_self_harm"},
        ),
        ("CALLER STATES NEIGHBOUR IS OUTSIDE WITH OTHERS AND THEY ARE GOING TO KILL HIM", {"threat_to_life"}),
        (
            "CALLER HAS LEARNING DISABILITY, FRIGHTENED BY LADS SHOUTING",
            {"learning_disability_or_autism", "fear_or_impact"},
        ),
        ("MALE WILL NOT LEAVE DOORSTEP", {"suspect_present"}),
        ("PARKING ACROSS HER DRIVE. USES A WHEELCHAIR", {"physical_disability_or_illness"}),
        ("HER SON IS AUTISTIC", {"learning_disability_or_autism"}),
    ],
)
def test_found_strong_and_present(strong_codes, text, codes):
    assert codes <= strong_codes(text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            "DISABLED MOTOR VEHICLE BLOCKING ROAD, DRIVER GONE. LADS DRIVING CALLER MAD WITH NOISE",
            {"physical_disability_or_illness", "mental_ill_health"},
        ),
        (
            "NEIGHBOUR HAS MENTAL HEALTH ISSUES AND IS SHOUTING IN STREET. "
            "CALLER HAS NO VULNERABILITIES AND IS NOT CONCERNED FOR HERSELF",
            {"mental_ill_health", "fear_or_impact", "physical_disability_or_illness"},
        ),
        (
            "NOISE FROM NEXT DOOR. SAYS HE THREATENED HER LAST YEAR",
            {"threat_made", "threat_to_life", "immediate_danger"},
        ),
        ("PARKING ACROSS HER DRIVE. USES A WHEELCHAIR", {"suspect_present", "immediate_danger"}),
        ("YOUTHS OUTSIDE AGAIN", {"repeat_or_escalating"}),
        ("ABANDONED TROLLEY", {"damage", "happening_now"}),
        ("USED TO SELF HARM", {"suicide_or_self_harm"}),
    ],
)
def test_not_found_strong_and_present(strong_codes, text, codes):
    assert not codes & strong_codes(text)


def test_a_neighbours_illness_is_kept_as_another_persons(said_of):
    found = said_of("mental_ill_health", "NEIGHBOUR HAS MENTAL HEALTH ISSUES AND IS SHOUTING IN STREET")
    assert [(f.who, f.assertion) for f in found] == [("suspect", "other_person")]


def test_a_sons_autism_is_the_households(said_of):
    assert [f.who for f in said_of("learning_disability_or_autism", "HER SON IS AUTISTIC")] == ["household"]


def test_a_threat_last_year_is_a_note(said_of):
    found = said_of("threat_made", "SAYS HE THREATENED HER LAST YEAR")
    assert [(f.assertion, f.cue) for f in found] == [("historical", "last year")]


@pytest.mark.parametrize(
    "text",
    [
        "YOUTHS OUTSIDE AGAIN", "FIREWORKS AGAIN IN PARK", "PARTY IN THE PARK AGAIN", "AGAIN YOUTHS ON MOPEDS",
        "GROUP GATHERED AT BUS SHELTER AGAIN TONIGHT",
    ],
)  # fmt: skip
def test_a_bare_again_is_weak(read_log, text):
    reading = read_log(text)
    assert {f.strength for f in reading.findings if f.code == "repeat_or_escalating"} == {"weak"}
    assert not reading.perceived_repeat
    assert read_log("THIRD TIME THIS WEEK").perceived_repeat
