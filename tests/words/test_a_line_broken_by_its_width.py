"""What a screen's width broke in two lines is found all the same; lines of their own are not read together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from everycall.call import LogLine
from everycall.vulnerability.words.loose_text import ANY_DAY
from everycall.vulnerability.words.reading import read

SENTENCES = Path(__file__).parents[2] / "benchmarks" / "words" / "emergencies.jsonl"


@pytest.fixture
def said(lexicon):
    def said(text: str):
        line = LogLine(text=text)
        found = read([line], ANY_DAY, lexicon).findings
        assert all(line.text[one.start : one.end] == one.text for one in found)
        return {(one.code, one.assertion) for one in found}

    return said


def test_an_emergency_is_heard_wherever_its_sentence_is_broken(said):
    rows = map(json.loads, SENTENCES.read_text("utf-8").splitlines())
    broken = [
        (row["indicator"], "\n".join((" ".join(words[:at]), " ".join(words[at:]))))
        for row in rows
        if row["label"] == "present" and 2 <= len(words := row["text"].split(" ")) <= 10
        for at in range(1, len(words), 2)
    ]
    assert len(broken) > 300
    lost = [text for code, text in broken if not {(code, "present"), (code, "possible")} & said(text)]
    assert lost == []


@pytest.mark.parametrize("new_line", ["\n", "\r\n", " \n", "\n   "])
def test_whatever_the_break_is_made_of(said, new_line):
    assert ("threat_to_life", "present") in said(f"HE SAYS HE IS GOING TO{new_line}KILL HER")


@pytest.mark.parametrize(
    "text",
    [
        "HE WILL.\nBURN HER HOUSE DOWN",
        "HE WILL\n\nBURN HER HOUSE DOWN",
        "HE WILL\n12:01 BURN HER HOUSE DOWN",
        "HE WILL\n- BURN HER HOUSE DOWN",
        "HE WILL\nC4410: BURN HER HOUSE DOWN",
    ],
)
def test_what_ends_or_begins_a_line_of_its_own_is_not_read_on(said, text):
    assert ("threat_to_life", "present") not in said(text)


def test_a_denial_across_the_break_denies_what_stands_behind_it(said):
    assert ("threat_to_life", "present") not in said("HE SAID HE WILL\nNOT KILL HER")


def test_what_one_side_says_by_itself_is_not_said_twice(lexicon):
    found = read([LogLine(text="SHE HAS NOT SLEPT FOR\nTHREE WEEKS NOW")], ANY_DAY, lexicon).findings
    said = [(one.code, one.assertion, one.strength, one.who) for one in found]
    assert len(said) == len(set(said))
