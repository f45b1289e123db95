"""The same circumstance twice in like words: somebody else's, denied or past, and the victim's, who is never lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

PAIRS = Path(__file__).parents[2] / "benchmarks" / "words" / "whose_pairs.jsonl"
STILL_LOST = [115]  # "Somebody wrote that I am not pregnant, I am"
GONE = {"denied", "historical", "other_person"}


@pytest.fixture(scope="module")
def rows():
    return [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]


def _assertions(read_log, row):
    codes = {row["indicator"], *({"child_victim"} if row["indicator"] == "child_in_household" else ())}
    return {(f.assertion, f.strength) for f in read_log(row["text"]).findings if f.code in codes}


def test_each_pair_is_two_texts_of_one_indicator(rows):
    assert len(rows) == 300
    for another, victims in zip(rows[::2], rows[1::2], strict=True):
        assert (another["pair"], another["indicator"]) == (victims["pair"], victims["indicator"])
        assert another["label"] in ("other", "denied", "past")
        assert victims["label"] == "present"


def test_no_victim_of_a_pair_is_only_somebody_elses_denied_or_past(read_log, rows):
    lost = []
    for row in rows[1::2]:
        said = {assertion for assertion, _ in _assertions(read_log, row)}
        if said and said <= GONE:
            lost.append(row["pair"])
    assert lost == STILL_LOST
