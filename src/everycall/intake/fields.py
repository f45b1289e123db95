"""The fields of a call by their path (``caller.name``, ``log``), and the kind of value in each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from everycall import codes
from everycall.call import Call, Location, Monitoring, OtherParty, Party

Kind = Literal["text", "moment", "day", "code", "truth", "list", "log"]

MOST_PARTIES = 20
"""Victims, or others, that a row may name; a call of JSON may name more."""

_MOMENTS = {"received_at", "attended_at", "closed_at"}
_CODES = {"source", "category", "status", "closed_as"}
_TRUTHS = {"language_line", "marked_repeat", "marked_vulnerable"}
_TABLES = {"caller", "victims", "others", "location", "answers", "monitoring"}

_AXES = ("location.x", "location.y")
"""East and north: longitude and latitude, or easting and northing, as the mapping's ``coordinates`` says."""


def _party(prefix: str, names: Mapping[str, object]) -> dict[str, Kind]:
    kinds: dict[str, Kind] = {"date_of_birth": "day", "role": "code"}
    return {f"{prefix}.{name}": kinds.get(name, "text") for name in names}


def _own_kind(name: str) -> Kind:
    if name in _MOMENTS:
        return "moment"
    if name in _CODES:
        return "code"
    if name in _TRUTHS:
        return "truth"
    return "list" if name == "behaviours" else "log" if name == "log" else "text"


@cache
def paths(questions: frozenset[str] | None = None) -> Mapping[str, Kind]:
    """Return every field a row of a table may fill, with its kind.

    Parameters
    ----------
    questions
        The questions that may be answered; the published ones when not given.
    """
    asked = questions if questions is not None else frozenset(codes.answers())
    found: dict[str, Kind] = {name: _own_kind(name) for name in Call.model_fields if name not in _TABLES}
    found |= _party("caller", Party.model_fields)
    for number in range(MOST_PARTIES):
        found |= _party(f"victims.{number}", Party.model_fields)
        found |= _party(f"others.{number}", OtherParty.model_fields)
    found |= {f"location.{name}": "truth" if name == "rural" else "text" for name in Location.model_fields}
    found |= dict.fromkeys(_AXES, "text")
    found |= {f"monitoring.{name}": "text" for name in Monitoring.model_fields}
    found |= {f"answers.{question}": "code" for question in sorted(asked)}
    return found


def codes_of(path: str, answers: Mapping[str, frozenset[str]] | None = None) -> frozenset[str] | None:
    """Return the codes that may stand in the field ``path``, or None when it takes any text."""
    top, _, name = path.partition(".")
    if top == "answers":
        return (answers or codes.answers()).get(name, frozenset())
    if path.endswith(".role"):
        return codes.allowed("other_role" if top == "others" else "role")
    if path in _CODES or path == "behaviours":
        return codes.allowed(path)
    return None


def to_suggest(path: str) -> bool:
    """Return whether ``path`` belongs in a list of suggestions (the second victim onwards would crowd it)."""
    parts = path.split(".")
    return not (len(parts) == 3 and parts[1] != "0")
