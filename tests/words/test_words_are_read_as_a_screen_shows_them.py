"""What no eye sees (widths, directions, fancy letters, a page's own escapes) hides no danger, and moves no evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.vulnerability.words.as_seen import as_seen

SAID = "HE'S GOT A KNIFE AND IS GOING TO KILL ME"
UNSEEN = [
    "\u00ad",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u202e",
    "\u2060",
    "\u2066",
    "\ufeff",
    "\u0301",
    "\ufe0f",
]


@pytest.mark.parametrize(
    "text",
    [
        "HE'S GOT A KN\u200bIFE",
        "HE'S GOT A KN\u00adIFE",
        "\u202eHE'S GOT A KNIFE\u202c",
        "HE'S GOT A \uff2b\uff2e\uff29\uff26\uff25",
        "\U0001d5db\U0001d5d8'S GOT A KNIFE",
        "HE&#39;S GOT A KNIFE",
        "HE&#x2019;S GOT&nbsp;A&NBSP;KNIFE",
        "HE&rsquo;S GOT A KNI&shy;FE",
    ],
)
def test_what_no_eye_sees_hides_no_weapon(strong_codes, text):
    assert "weapon_or_violence_now" in strong_codes(text)


@given(st.lists(st.tuples(st.integers(0, len(SAID)), st.sampled_from(UNSEEN)), max_size=8))
def test_characters_without_a_width_anywhere_change_nothing_that_is_found(strong_codes, put_in):
    text = SAID
    for at, unseen in put_in:
        text = text[:at] + unseen + text[at:]
    assert strong_codes(text) == strong_codes(SAID)


def test_the_evidence_is_the_original_spelling(said_of):
    text = "\u2060SAYS &quot;HE HAS A KN\u200bIFE&quot; AND IS OUTSIDE"
    [found] = said_of("weapon_or_violence_now", text)
    assert found.text == text[found.start : found.end]
    assert found.text.endswith("KN\u200bIFE")


@given(st.text(max_size=60))
def test_each_character_has_a_place_in_the_original(text):
    seen, places = as_seen(text)
    if not places:
        assert seen == text
        return
    assert len(places) == len(seen) + 1
    assert places == sorted(places)
    assert places[-1] == len(text)


@pytest.mark.parametrize("text", ["B&M; THEN HOME", "MARKS & SPENCER; ASDA", "&", "&;", "A&&B;"])
def test_an_ampersand_that_escapes_nothing_stays(text):
    assert as_seen(text) == (text, [])


@pytest.mark.parametrize("text", ["&#0;", "&#1;", "&#x110000;", "&#9999999;"])
def test_an_escape_of_no_character_is_no_error(said_of, text):
    assert said_of("weapon_or_violence_now", f"HE HAS {text} A KNIFE")
