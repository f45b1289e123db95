"""The log of a plain row as the store keeps it: most of a row's text, and nearly all of its moments."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from everycall.call import LONGEST_LINE
from everycall.store.quick_values import Doubt, as_kept, entries_of, moment_of, text_of

_LINE = ["at", "by", "text"]
_FIELDS = frozenset(_LINE)
_MOST_LINES = 10_000


def lines_of(value: Any, zone: ZoneInfo) -> list[dict[str, Any]]:
    """Return a log's lines as facts; a line that is written as it is kept is taken as it stands."""
    told = []
    for line in entries_of(value, _MOST_LINES):
        if type(line) is dict and [*line] == _LINE:
            at, by, text = line.values()
            if (
                type(text) is str
                and len(text) <= LONGEST_LINE
                and type(by) is str
                and len(by) <= 500
                and by.strip()
                and type(at) is str
                and (kept := as_kept(at)) is not None
            ):
                told.append(line if kept is at else {"at": kept, "by": by, "text": text})
                continue
        told.append(_line(line, zone))
    return told


def _line(line: Any, zone: ZoneInfo) -> dict[str, Any]:
    if type(line) is not dict or not line.keys() <= _FIELDS:
        raise Doubt
    at, by, text = line.get("at"), line.get("by"), line.get("text")
    if type(text) is not str or len(text) > LONGEST_LINE:
        raise Doubt
    if at is not None:
        at = moment_of(at, zone)[1]
    if by is not None:
        by = text_of(by)
    told = {"at": at, "by": by, "text": text}
    return {name: value for name, value in told.items() if value is not None}
