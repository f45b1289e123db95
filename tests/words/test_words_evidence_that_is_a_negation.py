"""Where being without is the very evidence ("has had nobody since"), the "no" denies nothing that follows."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("has had nobody since his sister died", "alone_or_isolated"),
        ("hasn't been well since the operation on his heart", "physical_disability_or_illness"),
        ("no family support and being treated for depression", "mental_ill_health"),
        ("NOT TAKING HER TABLETS, SAVING THEM UP SHE SAYS", "suicide_or_self_harm"),
    ],
)
def test_being_without_denies_nothing(strong_codes, text, code):
    assert code in strong_codes(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("not homeless, nor is she a carer", "caring_role"),
        ("no further signs or symptoms of depression", "mental_ill_health"),
        ("wrongly flagged for autism", "learning_disability_or_autism"),
        ("asthma, resolved", "physical_disability_or_illness"),
        ("no one living at the address has dementia", "older_or_frail"),
        ("DENIES asthma, epilepsy, diabetes, cancer, angina or dementia", "older_or_frail"),
    ],
)
def test_a_no_in_the_forms_of_handlers_and_clinics_denies(said_of, text, code):
    assert {finding.assertion for finding in said_of(code, text)} == {"denied"}


def test_not_sleeping_rough_is_a_denial(said_of):
    assert "present" not in {finding.assertion for finding in said_of("homelessness", "not sleeping rough")}


def test_who_has_no_callers_is_not_the_caller(read_log):
    found = read_log("Spoke to neighbour causing nuisance, a widower with no callers").findings
    assert "caller" not in {f.who for f in found}
