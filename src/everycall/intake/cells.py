"""What the cells of one field say: nothing, a code of ours for one of theirs, a moment, a day, yes or no, a text.

A missing cell is not an answer: it says nothing, and never no.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from everycall.errors import not_allowed
from everycall.intake.dates import read_day, read_moment
from everycall.intake.plan import Fill, Plan

_TRUTHS = {
    "true": True,
    "yes": True,
    "y": True,
    "1": True,
    "false": False,
    "no": False,
    "n": False,
    "0": False,
}
NOTHING: Any = object()
"""A cell that says nothing; a code that stands for null says null, which no default changes."""

_SAID_OFTEN = frozenset({"code", "truth", "list"})
"""Kinds of cells that say the same again and again: what one text means is worked out once."""

_MOST_KEPT = 4_096


def value_of(fill: Fill, cells: Sequence[str], plan: Plan) -> Any:
    """Return what the cells of a field say, or `NOTHING`.

    Raises
    ------
    ValueError
        When a cell is none of what may stand there; says what was found and what is allowed.
    """
    text = text_of(fill, cells, plan)
    if not text:
        return NOTHING
    if fill.kind in _SAID_OFTEN:
        if text not in fill.read:
            if len(fill.read) >= _MOST_KEPT:
                fill.read.clear()
            fill.read[text] = _read(fill, text, plan)
        return fill.read[text]
    return _read(fill, text, plan)


def text_of(fill: Fill, cells: Sequence[str], plan: Plan) -> str:
    """Return what stands in the cells of a field; empty where they say nothing."""
    if len(fill.columns) == 1:
        text = cells[fill.columns[0]].strip()
        return "" if text and plan.mapping.missing and _is_missing(text, fill, plan) else text
    said = []
    for index in fill.columns:
        cell = cells[index].strip()
        if cell and not _is_missing(cell, fill, plan):
            said.append(cell)
    return fill.joined.join(said)


def _is_missing(cell: str, fill: Fill, plan: Plan) -> bool:
    """Return whether a cell says nothing; a field's own code of that name ("ANON", a role) goes before."""
    if not plan.mapping.missing or cell.casefold() not in plan.mapping.missing:
        return False
    return fill.codes is None or cell.casefold() not in fill.codes.exact


def _read(fill: Fill, text: str, plan: Plan) -> Any:
    if fill.kind == "text" and fill.codes is None:
        return text
    if fill.kind == "log":
        return [{"text": line.strip()} for line in text.split(fill.split) if line.strip()]
    if fill.kind == "list":
        entries = [entry.strip() for entry in text.split(fill.split)]
        return [ours for entry in entries if entry and (ours := _coded(fill, entry))]
    if fill.kind == "moment":
        return read_moment(text, plan.mapping.date_time_formats)
    if fill.kind == "day":
        return read_day(text, plan.mapping.date_formats)
    ours = _coded(fill, text)
    if fill.kind == "truth" and ours is not None:
        return _truth(ours)
    return NOTHING if ours is None and fill.path[0] == "answers" else ours


def _truth(text: str) -> bool:
    if text.casefold() not in _TRUTHS:
        raise ValueError(not_allowed(text, ("true", "false")))
    return _TRUTHS[text.casefold()]


def _coded(fill: Fill, theirs: str) -> str | None:
    """Return our code for theirs, or None for null.

    The force's own entries go first, then a value that is one of our codes already, and only then ``"*"``: a
    plain ``yes`` is never turned into whatever stands for the rest.
    """
    codes = fill.codes
    ours = codes.ours(theirs) if codes else None
    if ours is not None:
        return ours or None
    if fill.allowed is not None and theirs in fill.allowed:
        return theirs
    if fill.kind == "truth" and (codes is None or theirs.casefold() in _TRUTHS):
        return theirs
    if codes is not None and codes.otherwise is not None:
        return codes.otherwise or None
    if fill.kind in ("text", "list"):
        return theirs
    if codes is None:
        raise ValueError(not_allowed(theirs, fill.allowed or ()))
    raise ValueError(
        f"'{theirs[:60]}' is not in [codes.{fill.name}] of the mapping, which has no \"*\" either"
    )


def default_of(fill: Fill) -> Any:
    """Return the default of a field, which was checked with the mapping."""
    if fill.kind == "truth":
        return _truth(fill.default)
    if fill.kind == "log":
        return [{"text": fill.default}]
    return [fill.default] if fill.kind == "list" else fill.default
