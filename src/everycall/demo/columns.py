"""The made-up force's own table: its columns, codes, dates and grid, and the mapping that reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from everycall.localtime import LONDON

SOURCE = {
    "999": "EMERG", "101": "NON-EM", "online": "WEB FORM", "webchat": "CHAT", "email": "EMAIL",
    "front_counter": "COUNTER", "officer": "OFFICER", "partner": "PARTNER",
}  # fmt: skip
CATEGORY = {
    "asb_personal": "ASB-P", "asb_nuisance": "ASB-N", "asb_environmental": "ASB-E", "crime": "CRIME",
}  # fmt: skip
ROLE = {
    "victim": "VIC", "witness": "WIT", "third_party": "3RD", "business": "BUS", "professional": "PRO",
    "anonymous": "ANON", "police": "POL",
}  # fmt: skip
CLOSED = {
    "resolved": "RES", "advice": "ADV", "referred": "REF", "attended": "ATT", "crimed": "CRIMED",
    "no_trace": "NO TRACE", "no_action": "NFA", "unresourced": "UNRES", "duplicate": "DUP",
    "transferred": "TRF",
}  # fmt: skip
GRADE = {"emergency": "G1", "priority": "G2", "scheduled": "G3", "resolution_without_deployment": "G4"}
TRUTH = {True: "Y", False: "N"}

COLUMNS: Mapping[str, str] = {
    "ref": "Log No",
    "received_at": "Date/Time",
    "source": "How Reported",
    "category": "Class",
    "behaviours": "Tag",
    "caller.name": "Informant",
    "caller.phone": "Inf Tel",
    "caller.date_of_birth": "Inf DOB",
    "caller.address": "Inf Address",
    "caller.postcode": "Inf PCode",
    "caller.role": "Inf Role",
    "victims.0.name": "Victim",
    "victims.0.date_of_birth": "Victim DOB",
    "victims.0.address": "Victim Address",
    "victims.0.postcode": "Victim PCode",
    "location.address": "Location",
    "location.postcode": "Loc PCode",
    "location.uprn": "UPRN",
    "location.x": "Easting",
    "location.y": "Northing",
    "district": "Ward",
    "handler": "Op",
    "log": "Log Text",
    "answers.happened_before": "Q Before",
    "answers.personal_circumstances": "Q Circs",
    "answers.happening_now": "Q Now",
    "status": "State",
    "grade_given": "Grade",
    "attended_at": "Arrived",
    "closed_at": "Closed",
    "closed_as": "Result",
    "marked_repeat": "Rpt",
    "marked_vulnerable": "Vuln",
}
"""Field of a call to the force's own column name."""

_CODES: Mapping[str, Mapping[Any, str]] = {
    "source": SOURCE, "category": CATEGORY, "caller.role": ROLE, "closed_as": CLOSED, "grade_given": GRADE,
    "marked_repeat": TRUTH, "marked_vulnerable": TRUTH, "status": {"open": "LIVE", "closed": "SHUT"},
}  # fmt: skip
_MOMENTS = {"received_at", "attended_at", "closed_at"}


def row(call: Mapping[str, Any]) -> list[str]:
    """Return one call as a row of the force's own table: local times without an offset, its own codes."""
    return [_cell(path, call) for path in COLUMNS]


def _cell(path: str, call: Mapping[str, Any]) -> str:
    if path == "log":
        return "\n".join(line["text"] for line in call["log"])
    if path == "behaviours":
        return ";".join(call["behaviours"])
    value = _value(
        {"location.x": "location.easting", "location.y": "location.northing"}.get(path, path), call
    )
    if value is None:
        return ""
    if path in _CODES:
        return _CODES[path][value]
    if path in _MOMENTS:
        return datetime.fromisoformat(value).astimezone(LONDON).strftime("%d/%m/%Y %H:%M:%S")
    if path.endswith("date_of_birth"):
        return datetime.fromisoformat(value).strftime("%d/%m/%Y")
    return str(value)


def _value(path: str, call: Mapping[str, Any]) -> Any:
    found: Any = call
    for part in path.split("."):
        if found is None:
            return None
        if isinstance(found, list):
            found = dict(enumerate(found)).get(int(part))
            continue
        found = found.get(part)
    return found


def mapping_text() -> str:
    """Return the mapping file that reads the force's table."""
    lines = [
        "# How Everycall reads calls.csv: this made-up force's own columns, codes, dates and coordinates.",
        'time_zone = "Europe/London"',
        'date_time_formats = ["%d/%m/%Y %H:%M:%S"]',
        'date_formats = ["%d/%m/%Y"]',
        'coordinates = "bng"',
        'missing = ["ANON", "REFUSED"]',
        "",
        "[columns]",
        *(f'"{path}" = "{column}"' for path, column in COLUMNS.items()),
    ]
    for path, codes in _CODES.items():
        lines += ["", f'[codes."{path}"]']
        lines += [f'"{theirs}" = {_toml(ours)}' for ours, theirs in codes.items()]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'
