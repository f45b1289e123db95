"""The made-up force's own table: its columns, codes, dates and grid, and the mapping that reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
STATUS = {"open": "LIVE", "closed": "SHUT"}

COLUMNS: Mapping[str, str] = {
    "ref": "Log No",
    "received_at": "Date/Time",
    "source": "How Reported",
    "category": "Class",
    "behaviours": "Tag",
    "caller.name": "Informant",
    "caller.phone": "Inf Tel",
    "caller.date_of_birth": "Inf DOB",
    "caller.age": "Inf Age",
    "caller.address": "Inf Address",
    "caller.postcode": "Inf PCode",
    "caller.role": "Inf Role",
    "victims.0.name": "Victim",
    "victims.0.date_of_birth": "Victim DOB",
    "victims.0.age": "Victim Age",
    "victims.0.address": "Victim Address",
    "victims.0.postcode": "Victim PCode",
    "others.0.name": "Suspect",
    "others.0.address": "Suspect Address",
    "location.address": "Location",
    "location.postcode": "Loc PCode",
    "location.uprn": "UPRN",
    "location.x": "Easting",
    "location.y": "Northing",
    "team": "Team",
    "district": "District",
    "handler": "Op",
    "language_line": "Lang Line",
    "log": "Log Text",
    "answers.happened_before": "Q Before",
    "answers.how_often": "Q How Often",
    "answers.personal_circumstances": "Q Circs",
    "answers.targeted": "Q Targeted",
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
    "marked_repeat": TRUTH, "marked_vulnerable": TRUTH, "language_line": TRUTH, "status": STATUS,
}  # fmt: skip
_PARTY = ("name", "phone", "date_of_birth", "age", "address", "postcode", "role")


def row(call: Mapping[str, Any]) -> list[Any]:
    """Return one call as a row of the force's own table: local times without an offset, its own codes.

    The cells stand in the order of `COLUMNS`, whose first test keeps the two together.
    """
    caller = call.get("caller") or {}
    victims, others = call.get("victims"), call.get("others")
    victim, other = victims[0] if victims else {}, others[0] if others else {}
    location, answers, get = call.get("location") or {}, call.get("answers") or {}, call.get
    name, phone, born, age, address, postcode, role = (caller.get(key) for key in _PARTY)
    return [
        call["ref"], _moment(call["received_at"]), SOURCE[call["source"]], CATEGORY.get(get("category"), ""),  # type: ignore[arg-type]
        ";".join(get("behaviours") or ()),
        name, phone, _date(born), age, address, postcode, ROLE.get(role, ""),  # type: ignore[arg-type]
        victim.get("name"), _date(victim.get("date_of_birth")), victim.get("age"), victim.get("address"),
        victim.get("postcode"), other.get("name"), other.get("address"),
        location.get("address"), location.get("postcode"), location.get("uprn"), location.get("easting"),
        location.get("northing"),
        get("team"), get("district"), get("handler"), TRUTH.get(get("language_line"), ""),  # type: ignore[arg-type]
        "\n".join([line["text"] for line in get("log") or ()]),
        answers.get("happened_before"), answers.get("how_often"), answers.get("personal_circumstances"),
        answers.get("targeted"), answers.get("happening_now"),
        STATUS.get(get("status"), ""), GRADE.get(get("grade_given"), ""), _moment(get("attended_at")),  # type: ignore[arg-type]
        _moment(get("closed_at")), CLOSED.get(get("closed_as"), ""), TRUTH.get(get("marked_repeat"), ""),  # type: ignore[arg-type]
        TRUTH.get(get("marked_vulnerable"), ""),  # type: ignore[arg-type]
    ]  # fmt: skip


def _moment(iso: str | None) -> str:
    return f"{iso[8:10]}/{iso[5:7]}/{iso[:4]} {iso[11:19]}" if iso else ""


def _date(iso: str | None) -> str:
    return f"{iso[8:10]}/{iso[5:7]}/{iso[:4]}" if iso else ""


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
