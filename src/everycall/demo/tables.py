"""The files of a made-up force: which there are, their heads, and how a row of each is written."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from everycall.demo.asked import ASKED_COLUMNS
from everycall.demo.columns import COLUMNS
from everycall.demo.knowable import COLUMNS as KNOWABLE_COLUMNS

_ABOUT = ("name", "date_of_birth", "phone", "address", "postcode")
_OWN = ("source", "recorded_on", "expires_on", "text", "sensitive")

HEADS: Mapping[str, tuple[str, ...]] = {
    "calls.csv": tuple(COLUMNS.values()),
    "flags.csv": ("kind", *(f"about.{name}" for name in _ABOUT), *_OWN),
    "truth/mentions.csv": ("ref", "mention", "person_id", "household_id", "place_id"),
    "truth/asked.csv": ASKED_COLUMNS,
    "truth/knowable.csv": KNOWABLE_COLUMNS,
    "truth/flags.csv": ("kind", "person_id", "place_id", "is_so"),
    "truth/people.csv": ("person_id", "forename", "surname", "sex", "born", "origin", "goes_by", "like", "left"),
    "truth/households.csv": ("household_id", "place_id", "address", "postcode", "kind", "from", "until"),
    "truth/stays.csv": ("person_id", "household_id", "from", "until"),
    "truth/changes.csv": ("who", "what", "value", "from"),
    "truth/circumstances.csv": (
        "person_id", "circumstance", "from", "until", "times_told", "first_told", "first_said_by",
    ),
    "truth/events.csv": (
        "event_id", "kind", "at", "victim", "place_id", "suspect", "calls", "near_repeat_of",
    ),
}  # fmt: skip
"""Columns of every CSV; a file that is not named here has no head."""


class _Echo:
    """Something to write to that gives back what is written, so that one row comes back as text."""

    def write(self, text: str) -> str:
        return text


csv_row: Callable[[Iterable[Any]], str] = csv.writer(_Echo()).writerow
"""Return one row as it stands in a CSV file, line end included."""


def plain_row(cells: Iterable[str]) -> str:
    """Return one row of cells that hold ids and codes only, which never need quoting; quicker than `csv_row`."""
    return ",".join(cells) + "\r\n"


_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def json_line(data: Any) -> str:
    """Return one line of a JSONL file."""
    return _json(data) + "\n"


def head(file: str) -> str:
    """Return the first line of a file: a CSV's header, otherwise nothing."""
    return csv_row(HEADS[file]) if file in HEADS else ""


def flag_row(flag: Mapping[str, Any]) -> str:
    """Return one flag as a row of ``flags.csv``."""
    cells = [flag["kind"], *(flag["about"].get(name) for name in _ABOUT), *(flag[name] for name in _OWN[:-1])]
    return csv_row((*cells, str(flag["sensitive"]).lower()))


def lean(call: Mapping[str, Any]) -> dict[str, Any]:
    """Return a call without what is not known, so that a line holds only facts."""
    found = {}
    for name, value in call.items():
        if value is None or value == [] or value == {}:
            continue
        if name in ("caller", "location"):
            value = {key: one for key, one in value.items() if one is not None}
            if not value:
                continue
        elif name in ("victims", "others", "log"):
            value = [{key: one for key, one in part.items() if one is not None} for part in value]
        found[name] = value
    return found
