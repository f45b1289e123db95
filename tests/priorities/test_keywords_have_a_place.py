"""Where a keyword of a priority stands in the log: the whole words as they were typed, at their first place."""

from __future__ import annotations

import pytest

from everycall.call import read_call
from everycall.priorities import Book, keywords_heard, read_priorities

ROWS = [
    {"id": "P-1", "title": "x", "status": "active", "keywords": ["Off-road bike", "moped"]},
    {"id": "P-2", "title": "y", "status": "active", "keywords": ["moped"]},
]


def places(*log: str, touched: tuple[str, ...] = ("P-1",)) -> list[tuple[str, int, str]]:
    data = {"ref": "1", "received_at": "2026-06-12T21:04:00+01:00", "log": [{"text": text} for text in log]}
    call = read_call(data).call
    found = keywords_heard(Book.of(read_priorities(ROWS, "p.json")), call, touched)
    for one in found:
        at = one.evidence
        assert call.log[at.line].text[at.start : at.end] == at.text
    return [(one.rule, one.evidence.line, one.evidence.text) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "TWO MOPEDS",
        "a moped.",
        "mopeds’ noise: moped",
        "STRASSE ßß MOPED",
        "a motor and a Moped again, moped",
    ],
)
def test_the_word_is_found_however_it_was_typed(text: str) -> None:
    ((priority, line, word),) = places(text)
    assert (priority, line) == ("P-1", 0)
    assert word.casefold().startswith("moped")


def test_words_that_belong_together_are_one_place() -> None:
    assert places("LAD ON A", "ANOTHER OFF ROAD BIKES OUTSIDE") == [("P-1", 1, "OFF ROAD BIKES")]


def test_no_phrase_is_read_across_two_lines_and_no_part_of_a_word() -> None:
    assert places("OFF ROAD", "BIKE", "MOPEDLIKE") == []


def test_only_priorities_that_are_touched_are_told() -> None:
    assert places("MOPED", touched=("P-2",)) == [("P-2", 0, "MOPED")]
    assert places("MOPED", touched=()) == []
