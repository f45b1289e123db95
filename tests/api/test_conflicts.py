"""The list of conflicts: kept and ended by an administrator; it does not tell with whom."""

from __future__ import annotations

import json
from typing import Any

import build

PARTY = {"name": "Maureen Peck", "date_of_birth": "1951-03-02"}


def test_a_conflict_is_kept_holds_and_ends(served: Any) -> None:
    served.ask("POST", "/assessments", build.facts(status="open"), token=served.token("assess"))
    key, handler = served.person("first", "administrator"), served.person("c7214", "handler")
    new = {"account": "C7214", "party": PARTY, "why": "sister"}
    for _ in range(2):  # told again it makes nothing
        assert served.ask("POST", "/conflicts", new, key=key).status == 204
    assert served.ask("GET", "/calls/NEW-1", key=handler).code == "conflict"
    (kept,) = served.ask("GET", "/conflicts", key=key).body["items"]
    assert (kept["account"], kept["why"]) == ("c7214", "sister")
    assert "Peck" not in json.dumps(kept)
    assert served.ask("DELETE", f"/conflicts/{kept['number']}", key=key).status == 204
    assert served.ask("GET", "/calls/NEW-1", key=handler).status == 200
    assert served.ask("DELETE", f"/conflicts/{kept['number']}", key=key).status == 422


def test_what_could_never_be_met_in_a_call_is_refused(served_on_sqlite: Any) -> None:
    key = served_on_sqlite.person("first", "administrator")
    for party in ({}, {"name": "Maureen"}, {"nmae": "Maureen Peck"}, {"phone": 7}):
        new = {"account": "first", "party": party, "why": "sister"}
        assert served_on_sqlite.ask("POST", "/conflicts", new, key=key).status == 422
    assert served_on_sqlite.ask("GET", "/conflicts", key=key).body["items"] == []
