"""What other systems are told, as CloudEvents 1.0: codes alone, no words, names, numbers or circumstances."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

ASSESSMENT = "everycall.assessment.made"
DECISION = "everycall.decision.made"
GLASS = "everycall.glass.broken"
EVENTS = (ASSESSMENT, DECISION, GLASS)


def of_assessment(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is told of an assessment."""
    made = told["recommendation"]
    return {
        "version": told["version"],
        "grade": made["grade"],
        "attendance": made["attendance"],
        "respond_by": made["respond_by"],
        "resources": list(made["resources"]),
        "actions": [one["code"] for one in made["actions"]],
        "repeat": {"status": told["repeat"]["status"], "is_repeat": told["repeat"]["is_repeat"]},
        "vulnerability": {
            "status": told["vulnerability"]["status"],
            "is_vulnerable": told["vulnerability"]["is_vulnerable"],
        },
        "harm": {"status": told["harm"]["status"], "band": told["harm"]["band"]},
    }


def event(kind: str, ref: str, data: Mapping[str, Any], now: datetime) -> tuple[str, str]:
    """Return an event's id and its JSON; the same facts have the same id, so that they are told once."""
    told = json.dumps([kind, ref, data], sort_keys=True, ensure_ascii=False, default=str)
    number = sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
    body = {
        "specversion": "1.0",
        "id": number,
        "source": "/everycall",
        "type": kind,
        "time": now.isoformat(),
        "subject": ref,
        "datacontenttype": "application/json",
        "data": dict(data),
    }
    return number, json.dumps(body, ensure_ascii=False)
