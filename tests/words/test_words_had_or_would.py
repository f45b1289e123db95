""" "She'd" is "she had" before a participle and "she would" otherwise; where it may be either, it stays "would"."""

from __future__ import annotations

import pytest

from everycall.vulnerability.words.folding import split


def _words(text):
    return split(text, {}, {}).words


@pytest.mark.parametrize(
    "text",
    [
        "she'd been drinking",
        "I\u2019d just had surgery",
        "THEY'D NEVER STOPPED",
        "he'd taken the lot",
        "we'd better go",
    ],
)
def test_before_a_participle_it_is_had(text):
    assert _words(text)[1] == "had"


@pytest.mark.parametrize(
    "text", ["he'd kill me", "she'd need help", "they'd come back", "he'd hit me", "he said he'd"]
)
def test_before_anything_else_it_is_would(text):
    assert "would" in _words(text)
    assert "had" not in _words(text)


def test_who_had_been_treated_is_present_and_who_would_be_is_possible(said_of):
    code = "physical_disability_or_illness"
    assert {f.assertion for f in said_of(code, "He'd been diagnosed with epilepsy")} <= {
        "present",
        "historical",
    }
    assert {f.assertion for f in said_of("fear_or_impact", "she'd stopped going out")} == {"present"}
