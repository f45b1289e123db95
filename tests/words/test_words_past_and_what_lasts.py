"""A time long gone makes a finding historical, unless it is when something began that lasts."""

from __future__ import annotations

import pytest


def _assertions(said_of, text, code):
    return {finding.assertion for finding in said_of(code, text)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("had cancer in 2009, all clear since", "physical_disability_or_illness"),
        ("took an overdose in 2013", "suicide_or_self_harm"),
        ("was scared last year when the gang was about", "fear_or_impact"),
        ("once had a breakdown, a long time ago", "mental_ill_health"),
        ("was on heroin in 2014", "substance_dependence"),
        ("AN EX ALCOHOLIC", "substance_dependence"),
    ],
)
def test_what_is_told_of_a_time_long_gone_is_historical(said_of, text, code):
    assert _assertions(said_of, text, code) == {"historical"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("had a stroke in 2015 and walks with a frame", "physical_disability_or_illness"),
        ("diagnosed with MS in 2009", "physical_disability_or_illness"),
        ("lost her husband in 2019, lives alone", "alone_or_isolated"),
        ("paralysed since the crash years ago", "physical_disability_or_illness"),
        ("disabled since a fall in 2012", "physical_disability_or_illness"),
        ("has PTSD, served in Iraq in 2007", "mental_ill_health"),
        ("widowed in 2020 and lonely", "alone_or_isolated"),
    ],
)
def test_what_began_long_ago_and_lasts_is_present(said_of, text, code):
    assert "present" in _assertions(said_of, text, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("HE WAS SECTIONED LAST MONTH", "mental_ill_health"),
        ("had a stroke last month", "physical_disability_or_illness"),
        ("same as last night", "repeat_or_escalating"),
    ],
)
def test_a_month_is_not_long_ago_for_what_somebody_is(strong_codes, text, code):
    assert code in strong_codes(text)


@pytest.mark.parametrize("text", ["he threatened me last month", "HE THREATENED HER A MONTH AGO"])
def test_a_month_is_long_ago_for_what_somebody_did(said_of, text):
    assert {f.assertion for f in said_of("threat_made", text)} == {"historical"}
