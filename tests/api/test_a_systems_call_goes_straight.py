"""A system's call, which goes to be assessed past the routes, is answered and refused as on the ordinary way."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse

import build
from everycall.api import straight

_TOLD_ANEW = {"took_ms", "assessed_at", "call_ref"}

ASKED: dict[str, dict[str, Any]] = {
    "a call": {"body": build.facts()},
    "no JSON": {"raw": b"{"},
    "no UTF-8": {"raw": b'{"ref": "\xff"}'},
    "a key twice": {"raw": b'{"ref": "A", "ref": "B"}'},
    "no facts": {"body": {}},
    "another kind": {"body": build.facts(), "content_type": "text/plain"},
    "too large": {"raw": b"x" * 3_000_000},
    "an unknown host": {"body": build.facts(), "Host": "elsewhere.example"},
    "another method": {"method": "PUT", "body": build.facts()},
    "another scope": {"scopes": ("calls",), "body": build.facts()},
    "a bad token": {"token": "everycall_none_none", "body": build.facts()},
}


def _answer(served: Any, asked: dict[str, Any], ref: str) -> tuple[Any, ...]:
    asked = dict(asked)
    token = asked.pop("token", None) or served.token(*asked.pop("scopes", ("assess",)), system=ref)
    if asked.get("body"):
        asked["body"] = {**asked["body"], "ref": ref}
    told = served.ask(asked.pop("method", "POST"), "/assessments", token=token, **asked)
    body = {name: value for name, value in told.body.items() if name not in _TOLD_ANEW}
    return (
        told.status,
        body,
        {name: value for name, value in told.headers.items() if name != "Content-Length"},
    )


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_both_ways_answer_alike(
    served_on_sqlite: Any, monkeypatch: pytest.MonkeyPatch, asked: dict[str, Any]
) -> None:
    told = _answer(served_on_sqlite, asked, "FIRST")
    monkeypatch.setattr(straight, "ROUTE", "nowhere")
    build.change(served_on_sqlite.ground.force(), "DELETE FROM mention_key")  # the first is no earlier call
    ordinary = _answer(served_on_sqlite, asked, "SECOND")
    assert told[0] == ordinary[0]
    assert told[2] == ordinary[2]
    assert told[1] == ordinary[1] or told[0] == 200


def test_a_fault_of_ours_is_told_by_kind_and_place_alone(
    served_on_sqlite: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: Any) -> None:
        raise ZeroDivisionError("what somebody said")

    monkeypatch.setattr("everycall.api.assessments.read_call_text", fault)
    told = served_on_sqlite.ask("POST", "/assessments", build.facts(), token=served_on_sqlite.token("assess"))
    assert (told.status, told.code) == (500, "fault")
    assert "said" not in str(told.body)


def test_a_call_really_goes_straight(served_on_sqlite: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counting(request: Any) -> Any:
        asked.append(request.path)
        return HttpResponse()

    monkeypatch.setattr(straight, "assess", counting)
    served_on_sqlite.ask("POST", "/assessments", build.facts(), token=served_on_sqlite.token("assess"))
    served_on_sqlite.ask("POST", "/assessments", build.facts(), token=served_on_sqlite.token("calls"))
    served_on_sqlite.ask("POST", "/assessments", build.facts(), key=served_on_sqlite.person("c1", "handler"))
    assert asked == ["/api/v1/assessments"]
