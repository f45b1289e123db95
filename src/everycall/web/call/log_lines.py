"""The log as it is shown: each line in pieces, so that the words that led to anything are marked where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from everycall.assessment import Evidence, Finding, HeardFact
from everycall.brief.wording import words
from everycall.priorities.keywords import FACT as LOCAL_PRIORITY
from everycall.web.call.card import Card
from everycall.web.call.said import IS_SO, asserts

_NAMES = {"safe_to_talk_no": "not safe to talk"}
"""Facts whose code is no good English."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a line; ``why``: what it led to, empty for plain words; not ``sure``: it only suggests or denies that."""

    text: str
    why: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """One line: its number from 1, when, by whom, and its pieces."""

    number: int
    at: datetime | None
    by: str | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where words stand in a line, what they led to, and whether they say that it is so."""

    start: int
    end: int
    text: str
    why: str
    sure: bool


def log_lines(card: Card) -> list[Shown]:
    """Return the lines of the log, the earliest first."""
    found = _where(card)
    return [
        _shown(number, line, found.get(number, [])) for number, line in enumerate(card.call.get("log", []))
    ]


def _where(card: Card) -> dict[int, list[_Place]]:
    """Return, by line, where words led to something."""
    found: dict[int, list[_Place]] = {}
    if card.made is None:
        return found
    for fact in card.made.heard:
        found.setdefault(fact.evidence.line, []).append(_place(fact.evidence, _named(fact), fact))
    part = card.made.vulnerability
    for one in (*part.findings, *part.about_others):
        if one.evidence is not None and one.from_call is None:
            found.setdefault(one.evidence.line, []).append(_place(one.evidence, words(one.indicator), one))
    return found


def _place(at: Evidence, what: str, one: HeardFact | Finding) -> _Place:
    how = "" if one.assertion == "present" else f" ({words(one.assertion)})"
    weak = " (weak)" if one.strength == "weak" and one.assertion in IS_SO else ""
    return _Place(at.start, at.end, at.text, f"{what}{how}{weak}", asserts(one))


def _named(heard: HeardFact) -> str:
    if heard.fact == LOCAL_PRIORITY:
        return f"local priority {heard.rule}"
    return _NAMES.get(heard.fact) or words(heard.fact)


def _shown(number: int, line: Mapping[str, Any], found: Sequence[_Place]) -> Shown:
    at = datetime.fromisoformat(line["at"]) if line.get("at") else None
    return Shown(number + 1, at, line.get("by"), tuple(_pieces(line["text"], found)))


def _pieces(text: str, found: Sequence[_Place]) -> Iterator[Piece]:
    at = 0
    for place in _places(text, found):
        if place.start > at:
            yield Piece(text[at : place.start])
        yield Piece(text[place.start : place.end], place.why, place.sure)
        at = place.end
    if at < len(text):
        yield Piece(text[at:])


def _places(text: str, found: Sequence[_Place]) -> list[_Place]:
    """Return the places in order, those that overlap as one; words that are not there any more are left out.

    A protected address is taken out of a line after it was read, so words may stand elsewhere than they stood.
    """
    placed = []
    for one in found:
        start = one.start if text[one.start : one.end] == one.text else text.find(one.text or "\0")
        if start >= 0:
            placed.append(replace(one, start=start, end=start + len(one.text)))
    together: list[_Place] = []
    for one in sorted(placed, key=lambda one: (one.start, one.end, one.why)):
        if together and one.start < together[-1].end:
            together[-1] = _both(together[-1], one)
        else:
            together.append(one)
    return together


def _both(first: _Place, second: _Place) -> _Place:
    why = first.why if second.why in first.why.split(", ") else f"{first.why}, {second.why}"
    return replace(first, end=max(first.end, second.end), why=why, sure=first.sure or second.sure)
