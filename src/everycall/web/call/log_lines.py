"""The log as it is shown: each line in pieces, so that the words that led to anything are marked where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from everycall.assessment import Evidence, HeardFact
from everycall.brief.wording import words
from everycall.priorities.keywords import FACT as LOCAL_PRIORITY
from everycall.web.call.card import Card

_NAMES = {"safe_to_talk_no": "not safe to talk"}
"""Facts whose code is no good English."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a line; ``why`` names what it led to, empty for plain words."""

    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One line: its number from 1, when, by whom, and its pieces."""

    number: int
    at: datetime | None
    by: str | None
    pieces: tuple[Piece, ...]


def log_lines(card: Card) -> list[Shown]:
    """Return the lines of the log, the earliest first."""
    found = _where(card)
    return [
        _shown(number, line, found.get(number, [])) for number, line in enumerate(card.call.get("log", []))
    ]


def _where(card: Card) -> dict[int, list[tuple[int, int, str, str]]]:
    """Return, by line, where words led to something: start, end, the words, and what it is."""
    found: dict[int, list[tuple[int, int, str, str]]] = {}
    if card.made is None:
        return found
    for fact in card.made.heard:
        _put(found, fact.evidence, _why(_named(fact), fact.assertion))
    part = card.made.vulnerability
    for one in (*part.findings, *part.about_others):
        if one.evidence is not None and one.from_call is None:
            _put(found, one.evidence, _why(words(one.indicator), one.assertion))
    return found


def _put(found: dict[int, list[tuple[int, int, str, str]]], at: Evidence, why: str) -> None:
    found.setdefault(at.line, []).append((at.start, at.end, at.text, why))


def _named(heard: HeardFact) -> str:
    if heard.fact == LOCAL_PRIORITY:
        return f"local priority {heard.rule}"
    return _NAMES.get(heard.fact) or words(heard.fact)


def _why(what: str, assertion: str) -> str:
    return what if assertion == "present" else f"{what} ({words(assertion)})"


def _shown(number: int, line: Mapping[str, Any], found: Sequence[tuple[int, int, str, str]]) -> Shown:
    at = datetime.fromisoformat(line["at"]) if line.get("at") else None
    return Shown(number + 1, at, line.get("by"), tuple(_pieces(line["text"], found)))


def _pieces(text: str, found: Sequence[tuple[int, int, str, str]]) -> Iterator[Piece]:
    at = 0
    for start, end, why in _places(text, found):
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], why)
        at = end
    if at < len(text):
        yield Piece(text[at:])


def _places(text: str, found: Sequence[tuple[int, int, str, str]]) -> list[tuple[int, int, str]]:
    """Return the places in order, those that overlap as one; words that are not there any more are left out.

    A protected address is taken out of a line after it was read, so words may stand elsewhere than they stood.
    """
    placed = []
    for start, end, said, why in found:
        if text[start:end] != said:
            start = text.find(said) if said else -1
            end = start + len(said)
        if start >= 0:
            placed.append((start, end, why))
    together: list[tuple[int, int, str]] = []
    for start, end, why in sorted(placed):
        if together and start < together[-1][1]:
            before, until, other = together[-1]
            both = other if why in other.split(", ") else f"{other}, {why}"
            together[-1] = (before, max(until, end), both)
        else:
            together.append((start, end, why))
    return together
