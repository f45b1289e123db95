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
