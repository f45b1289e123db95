"""A form line is read as a form's answer, never as a person's."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("VULNERABLE? N", "personal_circumstances", "no"),
        ("Vulnerable: yes", "personal_circumstances", "yes"),
        ("NVI", "personal_circumstances", "no"),
        ("NO VULNERABILITIES IDENTIFIED", "personal_circumstances", "no"),
        ("REPEAT? N", "happened_before", "no"),
        ("WEAPONS - NIL", "weapon_or_violence_now", "no"),
        ("REPEAT VICTIM? UNK", "happened_before", "unknown"),
        ("SELF HARM? N", "suicide_or_self_harm", "no"),
    ],
)
def test_a_form_line(read_log, text, question, value):
    reading = read_log(text)
    assert [(t.question, t.value) for t in reading.templates] == [(question, value)]
    assert not [f for f in reading.findings if f.assertion == "present"]


def test_the_place_of_the_answer_is_told(read_log):
    answer = read_log("INJURIES NONE", "VULNERABLE? N").templates[-1]
    assert (answer.line, answer.start, answer.end) == (1, 0, 13)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("asked re self harm or suicide - nil", "suicide_or_self_harm"),
        ("DRUG OR ALCOHOL ISSUES - NONE", "substance_dependence"),
        ("Autism or LD: none. IP content", "learning_disability_or_autism"),
        ("Language needs checked at sign up: nil.", "language_barrier"),
        ("anxiety or depression? neg.", "mental_ill_health"),
    ],
)
def test_a_bare_no_after_a_label_denies_it(strong_codes, said_of, text, code):
    assert code not in strong_codes(text)
    assert {f.assertion for f in said_of(code, text)} <= {"denied"}


@pytest.mark.parametrize(
    "text",
    [
        "INFT IS DISABLED - NIL INJURIES",
        "CALLER USES WHEELCHAIR. WEAPONS - NONE",
        "MY WHEELCHAIR - NONE TOOK IT",
    ],
)
def test_a_no_after_what_is_said_of_somebody_denies_nothing_about_them(strong_codes, text):
    assert "physical_disability_or_illness" in strong_codes(text)


def test_the_v_of_a_thrive_block_is_a_form_line_and_clears_nothing(read_log):
    reading = read_log(
        "THRIVE: T - NIL. H - LOST OVER A STONE, USES WHEELCHAIR. V - NONE DISCLOSED. E - DIARY"
    )
    assert [(t.question, t.value) for t in reading.templates] == [("personal_circumstances", "no")]
    assert "physical_disability_or_illness" in {f.code for f in reading.findings if f.assertion == "present"}
