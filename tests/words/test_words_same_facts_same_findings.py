"""Case, spaces and quotes are no features; every finding's text stands exactly where it says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

TEXTS = [
    "Inft says she's disabled, lads are in her garden and it's the third time this week",
    "caller's son is autistic. doesn't sleep, hasn't been out since monday",
    "He's got a knife and he'll kill me",
    "VULNERABLE? N. DOB 1947, can't walk, D/V from ex partner, ?MH",
]


def _told(reading):
    told = [(f.code, f.who, f.assertion, f.strength, f.said_by, f.start, f.end) for f in reading.findings]
    return told, reading.templates, reading.ages, reading.tells_of_asb, reading.alleges


@pytest.mark.parametrize("text", TEXTS)
def test_case_and_quotes_change_nothing(read_log, text):
    plain = _told(read_log(text))
    assert plain[0]
    for other in (text.lower(), text.upper(), text.title(), text.swapcase(), text.replace("'", "\u2019")):
        assert _told(read_log(other)) == plain


@pytest.mark.parametrize("text", TEXTS)
def test_more_spaces_change_nothing_but_the_places(read_log, text):
    spaced = read_log("   " + text.replace(" ", " \u00a0  "))
    assert [f[:5] for f in _told(spaced)[0]] == [f[:5] for f in _told(read_log(text))[0]]


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_any_text_is_read_and_every_place_is_exact(read_log, noise):
    text = noise.replace("\x00", "")
    text = "".join(c for c in text if c.isprintable()) + " CALLER IS DISABLED \u0130 " + TEXTS[0]
    reading = read_log(text)
    assert "physical_disability_or_illness" in {f.code for f in reading.findings}
    assert all(text[f.start : f.end] == f.text for f in reading.findings)


@given(
    st.lists(
        st.sampled_from("no not she is disabled , . ? / - nil her son lads 84 aged never mh o/s i've".split())
    )
)
def test_any_order_of_common_words_is_read_twice_alike(read_log, words):
    text = " ".join(words)
    assert read_log(text) == read_log(text)
    assert all(text[f.start : f.end] == f.text for f in read_log(text).findings)


def test_a_line_of_sixty_thousand_characters_is_read_whole(read_log):
    text = "no she said he had it, " * 2600 + "caller is registered blind"
    assert read_log(text).findings[-1].text == "registered blind"
