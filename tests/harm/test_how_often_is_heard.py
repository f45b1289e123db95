"""How often it goes on, told in words, counts beside the answer: for a yes only, and once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from build import assess, force_at
from everycall.assessment import Assessment
from everycall.force import Force

NORA = {"name": "Nora Tinsdale", "phone": "01632 960 311", "date_of_birth": "1988-04-17", "role": "victim"}


@pytest.fixture
def force(sqlite_store: str) -> Iterator[Force]:
    opened = force_at(sqlite_store)
    yield opened
    opened.store.close()


def said(force: Force, text: str, **facts: Any) -> Assessment:
    return assess(force, dry_run=True, caller=NORA, log=[{"text": text}], **facts)


def frequency(force: Force, text: str, **answers: str) -> int:
    parts = said(force, text, answers=answers).harm.parts
    return sum(part.points for part in parts if part.code == "frequency")


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("THEY ARE AT IT EVERY NIGHT", 5),
        ("every single night they kick the door", 5),
        ("MOST NIGHTS UNTIL 3AM", 5),
        ("EVERY FRI NIGHT", 3),
        ("it happens every weekend", 3),
        ("it happens every single night", 5),
        ("been going on every few days", 3),
        ("twice a week they come", 3),
        ("FOURTH TIME THIS WEEK", 3),
        ("once a month", 2),
        ("IT HAS GONE ON SINCE MARCH", 1),
        ("they have been doing it for months", 1),
        ("it happens now and then, at first every night", 5),
        ("NOT EVERY NIGHT", 0),
        ("LADS SHOUTING OUTSIDE", 0),
        ("FIRST TIME THIS HAS HAPPENED", 0),
    ],
)
def test_words_tell_how_often(force: Force, text: str, points: int) -> None:
    assert frequency(force, text) == points


def test_the_point_says_which_words_gave_it(force: Force) -> None:
    parts = said(force, "THEY ARE AT IT EVERY NIGHT").harm.parts
    assert [part.text for part in parts if part.code == "frequency"] == [
        'How often it happens: the log says "every night" (daily).'
    ]


def test_of_words_and_an_answer_the_larger_counts(force: Force) -> None:
    assert frequency(force, "EVERY NIGHT", how_often="monthly") == 5
    assert frequency(force, "EVERY NIGHT", how_often="first") == 5
    assert frequency(force, "ONCE A MONTH", how_often="daily") == 5


@pytest.mark.parametrize("answer", ["unknown", "refused"])
def test_silence_is_no_answer(force: Force, answer: str) -> None:
    assert frequency(force, "EVERY NIGHT", how_often=answer) == 5


def test_what_the_words_tell_fully_is_no_more_open(force: Force) -> None:
    assert "how_often" not in said(force, "EVERY NIGHT").harm.unknown
    assert "how_often" in said(force, "ONCE A MONTH").harm.unknown


@pytest.mark.parametrize(("text", "offered"), [("EVERY NIGHT", "yes"), ("ONCE A MONTH", "no")])
def test_what_goes_on_every_night_is_persistent_for_a_case_review(
    force: Force, text: str, offered: str
) -> None:
    told = said(force, text, answers={"happened_before": "yes", "reported_elsewhere": "no"})
    assert ("asb_case_review_offer" in [one.code for one in told.recommendation.actions]) == (
        offered == "yes"
    )
