"""A call and how it stands are told with moments in London's time: +00:00 in winter, never Z."""

from __future__ import annotations

import json
import re
from typing import Any

import build


def test_a_call_and_how_it_stands(served: Any) -> None:
    facts = build.facts(
        received_at="2026-02-03T21:10:00Z", log=[{"at": "2026-02-03T21:11:00Z", "text": "NOISE"}]
    )
    token = served.token("assess", "calls", "decide", "words")
    served.ask("POST", "/assessments", facts, token=token)
    served.ask("POST", "/calls/NEW-1/decision", {"accepted": True, "by": "C7214"}, token=token)
    told = json.dumps(served.ask("GET", "/calls/NEW-1", token=token).body)
    assert "2026-02-03T21:11:00+00:00" in told
    assert not [one for one in re.findall(r'"\d{4}-\d\d-\d\dT[^"]*"', told) if one.endswith('Z"')]


def test_the_time_of_a_decision_without_an_offset_is_londons(served: Any) -> None:
    token = served.token("assess", "decide")
    served.ask("POST", "/assessments", build.facts(), token=token)
    decision = {
        "grade_given": "priority",
        "respond_by": "2026-06-12T21:30:00",
        "reason": "risk_higher",
        "by": "C7214",
    }
    made = served.ask("POST", "/calls/NEW-1/decision", decision, token=token).body
    assert made["stands"]["respond_by"] == "2026-06-12T21:30:00+01:00"
