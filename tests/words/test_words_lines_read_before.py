"""A line that was read before is read as it was then, whichever line of which log it is; no text fills the memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from everycall.call import LogLine
from everycall.vulnerability.words import kept_lines
from everycall.vulnerability.words.kept_lines import KeptLines
from everycall.vulnerability.words.line import Line
from everycall.vulnerability.words.reading import read

AT = datetime(2026, 6, 12, 20, 4, tzinfo=UTC)
LINES = (
    LogLine(text="MOTHER RINGING, SHE IS 81 AND LIVES ALONE", by="C7214"),
    LogLine(text="VULNERABLE? N. DOB 1947", by="C7214"),
    LogLine(text="he hits her, she is terrified", by="C7214"),
    LogLine(text="she has nowhere to go, ex partner is outside", by="PC1234"),
)


@pytest.fixture
def fresh(lexicon):
    """The lexicon without anything that was read before."""
    return lambda: replace(lexicon, lines=KeptLines())


def test_a_log_that_grows_is_read_as_if_it_had_come_at_once(fresh):
    growing = fresh()
    for past in range(1, len(LINES) + 1):
        assert read(LINES[:past], AT, growing) == read(LINES[:past], AT, fresh())
    assert len(growing.lines) == len(LINES)


def test_the_same_line_at_another_place_of_another_log_tells_of_that_place(fresh):
    kept = fresh()
    read(LINES, AT, kept)
    turned = LINES[::-1]
    assert read(turned, AT, kept) == read(turned, AT, fresh())


def test_what_another_line_tells_of_a_relation_is_not_kept_with_a_line(fresh):
    kept = fresh()
    told = LogLine(text="the neighbour at 12 keeps on at them")
    alone, beside = [LINES[2]], [told, LINES[2]]
    for log in (alone, beside, alone):
        assert read(log, AT, kept) == read(log, AT, fresh())


def test_an_age_from_a_year_of_birth_is_reckoned_in_the_year_of_each_call(fresh):
    kept = fresh()
    log = [LogLine(text="dob 1947")]
    for year in (2026, 2020):
        assert read(log, AT.replace(year=year), kept).ages[0].years_high == year - 1947


def test_who_typed_a_line_and_who_spoke_before_it_are_told_apart(fresh):
    kept = fresh()
    text = "he says she is scared"
    for log in (
        [LogLine(text=text, by="C7214")],
        [LogLine(text=text, by="PC1234")],
        [LINES[0], LogLine(text=text)],
    ):
        assert read(log, AT, kept) == read(log, AT, fresh())


def test_no_text_fills_the_memory(lexicon, monkeypatch):
    monkeypatch.setattr(kept_lines, "MOST_LETTERS", 100)
    monkeypatch.setattr(kept_lines, "LONGEST", 30)
    kept = KeptLines()
    for number in range(20):
        line = LogLine(text=f"she is scared {number}")
        kept.keep((line.text, None, "self"), Line(line, lexicon, "self"))
        assert sum(len(text) for text, _, _ in kept) <= 100
    before = len(kept)
    long = LogLine(text="she is scared " * 5)
    kept.keep((long.text, None, "self"), Line(long, lexicon, "self"))
    assert len(kept) == before
