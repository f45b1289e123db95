"""What went on until a time, or is mended, is past; what is so until a time to come is not."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CALLER WAS HOMELESS UNTIL MARCH", "homelessness"),
        ("I looked after my wife till she died", "caring_role"),
        ("CARED FOR MOTHER TILL SHE WENT INTO HOME IN MAY", "caring_role"),
        ("BROKEN ANKLE HEALED", "physical_disability_or_illness"),
        ("I had a bad back but it's sorted thanks", "physical_disability_or_illness"),
    ],
)
def test_what_has_ended_is_past(said_of, text, code):
    assert {f.assertion for f in said_of(code, text)} == {"historical"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("IS HOMELESS UNTIL MARCH", "homelessness"),
        ("afraid to go out till he has gone", "fear_or_impact"),
        ("I was scared until you came", "fear_or_impact"),
        ("was housebound until 3am", "physical_disability_or_illness"),
        ("broken leg not healed", "physical_disability_or_illness"),
        ("was homeless until easter and is homeless again", "homelessness"),
        ("she cared for her husband until last year and is disabled now", "physical_disability_or_illness"),
        ("disabled, her car is not sorted now", "physical_disability_or_illness"),
    ],
)
def test_what_goes_on_is_not_past(said_of, text, code):
    assert "present" in {f.assertion for f in said_of(code, text)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("there's a girl lives on her own at the end, they hammer on her door", "alone_or_isolated"),
        ("there's a toddler in that house on his own", "child_in_household"),
        (
            "old chap is housebound, lads use his flat. Informant lives in another street",
            "physical_disability_or_illness",
        ),
    ],
)
def test_what_is_told_of_another_house_is_asked_about(said_of, text, code):
    assert {f.assertion for f in said_of(code, text)} == {"possible"}


@pytest.mark.parametrize(
    "text", ["there is a baby here", "there's a child in the house", "there's a lady here who is disabled"]
)
def test_who_is_there_is_not_of_another_house(said_of, text):
    code = "physical_disability_or_illness" if "disabled" in text else "child_in_household"
    assert "present" in {f.assertion for f in said_of(code, text)}
