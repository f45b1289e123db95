"""Assessments made by hand, for the tests that print them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from everycall.assessment import (
    Assessment,
    Burst,
    Count,
    Evidence,
    Finding,
    Harm,
    Incident,
    MadeWith,
    Priorities,
    Reason,
    Recommendation,
    Repeat,
    Searched,
    Status,
    Truth,
    Vulnerability,
)
from everycall.localtime import LONDON

RECEIVED = datetime(2026, 6, 12, 21, 4, tzinfo=LONDON)


def count(
    status: Status = Status.LOOKED_NONE, year: int = 0, ever: int = 0, last: datetime | None = None
) -> Count:
    return Count(status=status, count_12m=year, count_all=ever, first=last, last=last)


def repeat(**changes: Any) -> Repeat:
    facts: dict[str, Any] = {
        "status": Status.LOOKED_NONE,
        "is_repeat": Truth.UNKNOWN,
        "rule": "bch_12_months",
        "perceived": Truth.UNKNOWN,
        "searched": Searched(by=("name", "phone")),
        "person": count(),
        "household": count(),
        "place": count(),
        "phone": count(),
        "burst": Burst(status=Status.LOOKED_NONE),
    }
    return Repeat(**{**facts, **changes})


def found_repeat(**changes: Any) -> Repeat:
    last = datetime(2026, 6, 8, 20, 0, tzinfo=LONDON)
    incident = Incident(
        ref="CC-20260608-0012",
        received_at=last,
        month="2026-06",
        category="asb_nuisance",
        tier="household",
        probability=0.98,
        agrees=("surname", "address"),
        closed_as="no_trace",
    )
    facts: dict[str, Any] = {
        "status": Status.FOUND,
        "is_repeat": Truth.YES,
        "perceived": Truth.YES,
        "person": count(Status.FOUND, 3, 3, last),
        "household": count(Status.FOUND, 5, 9, last),
        "incidents": (incident,),
    }
    return repeat(**{**facts, **changes})


def vulnerability(**changes: Any) -> Vulnerability:
    return Vulnerability(**{"status": Status.LOOKED_NONE, "is_vulnerable": Truth.UNKNOWN, **changes})


def finding(indicator: str, **changes: Any) -> Finding:
    facts: dict[str, Any] = {
        "indicator": indicator,
        "who": "victim",
        "assertion": "present",
        "strength": "strong",
        "source": "log",
        "said_by": "self",
        "class": "situation",
        "evidence": Evidence(line=0, start=0, end=11, text="LIVES ALONE"),
        "rule": "alone",
    }
    return Finding(**{**facts, **changes})


def assessment(**changes: Any) -> Assessment:
    facts: dict[str, Any] = {
        "call_ref": "CC-20260612-0431",
        "version": 1,
        "assessed_at": RECEIVED,
        "made_with": MadeWith(
            everycall="0.1.0", policy="p", policy_sha256="0", identity_model="m", lexicon="l"
        ),
        "repeat": repeat(),
        "vulnerability": vulnerability(),
        "priorities": Priorities(status=Status.LOOKED_NONE),
        "harm": Harm(status=Status.LOOKED_NONE, band="standard", points=0),
        "recommendation": Recommendation(
            grade="priority",
            grade_name="Priority",
            attendance="now",
            respond_by=datetime(2026, 6, 12, 22, 4, tzinfo=LONDON),
            row="grades.csv:7",
            reasons=(Reason(code="vulnerable", text="Vulnerable and targeted"),),
        ),
        "took_ms": 3.1,
    }
    return Assessment(**{**facts, **changes})
