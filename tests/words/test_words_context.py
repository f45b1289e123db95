"""What the words around a match make of it."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "code", "assertion"),
    [
        ("CALLER IS NOT DISABLED", "physical_disability_or_illness", "denied"),
        ("NO MENTAL HEALTH ISSUES", "mental_ill_health", "denied"),
        ("EPILEPSY - NIL", "physical_disability_or_illness", "denied"),
        ("INFT DENIES BEING SUICIDAL", "suicide_or_self_harm", "denied"),
        ("IS SHE PREGNANT? NO", "pregnancy", "denied"),
        ("IS SHE PREGNANT? YES 6 MONTHS", "pregnancy", "present"),
        ("IS SHE PREGNANT?", "pregnancy", "possible"),
        ("?MH", "mental_ill_health", "possible"),
        ("POSS LEARNING DISABILITY", "learning_disability_or_autism", "possible"),
        ("USED TO SELF HARM", "suicide_or_self_harm", "historical"),
        ("IS NOT CONCERNED FOR HERSELF", "fear_or_impact", "denied"),
        ("NO INJURIES, SELF HARM OR DRUGS", "suicide_or_self_harm", "denied"),
        ("FEELS TARGETED", "targeted", "present"),
        ("BELIEVES ITS A HATE CRIME", "hate_motivation", "present"),
        ("EX PARTNER IS OUTSIDE BANGING ON DOOR", "happening_now", "present"),
        ("EX HEROIN ADDICT", "substance_dependence", "historical"),
        ("MY TWO KIDS ARE SCARED TO GO OUT", "fear_or_impact", "present"),
        ("MY TWO KIDS ARE SCARED TO GO OUT", "child_in_household", "present"),
        ("THEY ARE TOO SCARED TO GO TO SCHOOL", "fear_or_impact", "present"),
    ],
)
def test_assertion(said_of, text, code, assertion):
    assert assertion in {f.assertion for f in said_of(code, text)}


@pytest.mark.parametrize(
    ("text", "code", "who"),
    [
        ("CALLER IS DISABLED", "physical_disability_or_illness", "caller"),
        ("SAYS SHE IS DISABLED", "physical_disability_or_illness", "caller"),
        ("HER MOTHER HAS DEMENTIA", "older_or_frail", "household"),
        ("my husband has parkinsons", "physical_disability_or_illness", "household"),
        ("SUSPECT IS AUTISTIC", "learning_disability_or_autism", "suspect"),
        ("CALLER STATES MALE NEXT DOOR IS AN ALCOHOLIC", "substance_dependence", "suspect"),
        ("USES A WHEELCHAIR", "physical_disability_or_illness", "unknown"),
        ("I have epilepsy", "physical_disability_or_illness", "caller"),
    ],
)
def test_whose_it_is(said_of, text, code, who):
    assert [f.who for f in said_of(code, text)] == [who]


@pytest.mark.parametrize(
    ("text", "by", "said_by"),
    [
        ("CALLER IS DISABLED", "C7214", "self"),
        ("SON STATES MUM IS DISABLED", "C7214", "family"),
        ("SUPPORT WORKER STATES SHE IS DISABLED", "C7214", "professional"),
        ("SHE IS DISABLED", "KE10", "officer"),
        ("SHE IS DISABLED", "SYSTEM", "system"),
        ("*** FLAG: DISABLED ***", "C7214", "system"),
        ("21:04:00 KP23 CALLER IS DISABLED", "C7214", "officer"),
    ],
)
def test_who_says_so(said_of, text, by, said_by):
    assert [f.said_by for f in said_of("physical_disability_or_illness", text, by=by)] == [said_by]


def test_a_short_form_with_two_meanings_is_only_possible(said_of):
    assert {f.assertion for f in said_of("suicide_or_self_harm", "JACKET OD GREEN")} == {"possible"}
    assert "present" in {f.assertion for f in said_of("suicide_or_self_harm", "HAS TAKEN OD OF TABLETS")}


def test_nothing_is_expanded_inside_a_registration_mark(read_log):
    assert not read_log("VEHICLE VRM AB12 OCD").findings
    assert not read_log("AB12 OCD PARKED ACROSS THE DRIVE, 10 MINS").findings


def test_a_callsign_after_the_time_is_no_registration_mark(said_of):
    for text in ("22:04:11 KP31 NOT SCARED", "CALLER RANG 22:01\n22:04 J118 NOT SCARED OF THEM"):
        assert {f.assertion for f in said_of("fear_or_impact", text)} == {"denied"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Q. Does anyone in the house have mental health problems? A. No", "mental_ill_health"),
        ("Are you depressed? Caller: nah", "mental_ill_health"),
        ("I wouldn't call it frightened", "fear_or_impact"),
        ("They said she was an alcoholic but that is a lie", "substance_dependence"),
    ],
)
def test_a_no_of_the_caller_after_a_label_or_about_what_others_say_denies(read_log, text, code):
    assert {f.assertion for f in read_log(text).findings if f.code == code} == {"denied"}


def test_a_half_no_to_a_question_denies_nothing(read_log):
    found = {f.assertion for f in read_log("Does he hit you? Caller: not really").findings}
    assert "denied" not in found
