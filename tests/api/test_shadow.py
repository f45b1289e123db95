"""In shadow a call is assessed and recorded, and nobody, person or system, is shown or told what was found."""

from __future__ import annotations

import json
from typing import Any

import pytest

import build
from everycall.access import logged
from everycall.access.operations import COMBINATION
from everycall.access.roles import may
from everycall.access.viewer import Viewer
from everycall.serving.shadow import SHOWS_NOTHING
from everycall.store.modes import Modes
from everycall.telling import webhooks
from everycall.telling.events import EVENTS

SUPERVISOR = Viewer("s1", "supervisor")
SHOWN = {"/session", "/health", "/priorities", "/processing", "/alerts"}
"""Routes that tell a supervisor something in shadow: nothing of what was found."""


@pytest.fixture
def shadowed(served: Any) -> Any:
    """Serve a force in shadow, with an earlier call of the same woman."""
    build.take(served.ground.force(), build.call("OLD-1", received_at="2026-05-01T21:04:00+01:00"))
    served.ground.modes = Modes(shadow=True)
    return served


def test_a_system_gets_a_receipt_and_nothing_that_was_found(shadowed: Any) -> None:
    said = shadowed.ask("POST", "/assessments", build.facts(), token=shadowed.token("assess"))
    assert said.status == 200
    assert set(said.body) == {"call_ref", "version", "assessed_at", "shadow", "recorded", "took_ms"}
    assert (said.body["call_ref"], said.body["shadow"], said.body["recorded"]) == ("NEW-1", True, True)
    more = shadowed.ask("PATCH", "/calls/NEW-1", {"answers": {"hate": "yes"}}, token=shadowed.token("assess"))
    assert set(more.body) == set(said.body)
    assert more.body["version"] == 2


def test_it_is_assessed_and_recorded_all_the_same(shadowed: Any) -> None:
    shadowed.ask("POST", "/assessments", build.facts(), token=shadowed.token("assess"))
    ((body,),) = build.rows(
        shadowed.ground.force(),
        "SELECT p.body FROM assessment_made a JOIN chain_payload p ON p.entry_id = a.entry",
    )
    assert json.loads(body)["repeat"]["person"]["count_12m"] == 1


def test_others_records_were_brought_together_and_shown_to_nobody_so_says_the_log(shadowed: Any) -> None:
    shadowed.ask("POST", "/assessments", build.facts(), token=shadowed.token("assess"))
    found = logged.entries(shadowed.connection(), about="OLD-1")
    assert [one.operation for one in found] == [COMBINATION]


@pytest.mark.parametrize("role", ["handler", "supervisor", "neighbourhood_officer", "analyst", "inspector"])
def test_no_person_is_shown_a_call(role: str, shadowed: Any) -> None:
    shadowed.ask("POST", "/assessments", build.facts(), token=shadowed.token("assess"))
    said = shadowed.ask("GET", "/calls/NEW-1", key=shadowed.person(role, role, district="Fenside"))
    assert (said.status, said.code) == (403, "shadow")


def test_nobody_assesses_decides_or_matches_at_a_screen(shadowed: Any) -> None:
    key = shadowed.person("h1", "handler")
    for method, path, body in (
        ("POST", "/assessments", build.facts()),
        ("POST", "/calls/NEW-1/decision", {"accepted": True}),
        ("POST", "/matches", {"ref_a": "A", "ref_b": "B", "same": True}),
    ):
        assert shadowed.ask(method, path, body, key=key).code == "shadow"


def test_no_system_is_shown_or_told(shadowed: Any) -> None:
    webhooks.add(shadowed.connection(), "https://example.com/told", list(EVENTS), shadowed.at)
    shadowed.ask("POST", "/assessments", build.facts(), token=shadowed.token("assess"))
    assert build.rows(shadowed.ground.force(), "SELECT COUNT(*) FROM webhook_message") == [(0,)]
    assert shadowed.ask("GET", "/calls/NEW-1", token=shadowed.token("calls")).code == "shadow"


def test_a_call_that_rings_is_taken(shadowed: Any) -> None:
    rung = {"call": "R-1", "number": "01632 960 114", "at": "2026-06-12T21:04:00+01:00"}
    said = shadowed.ask("POST", "/caller-number", rung, token=shadowed.token("caller_number"))
    assert said.body["shadow"] is True


def test_every_page_says_that_it_is_shadow(shadowed: Any) -> None:
    page = shadowed.visit("GET", "/", key=shadowed.person("h1", "handler")).body
    assert "SHADOW" in page


def test_a_training_store_says_so_on_every_page(served: Any) -> None:
    served.ground.modes = Modes(training=True)
    assert "TRAINING" in served.visit("GET", "/sign-in").body
    assert "TRAINING" in served.visit("GET", "/nowhere", key=served.person("h1", "handler")).body


def test_every_screen_and_route_that_could_show_something_is_shut(shadowed: Any) -> None:
    from everycall.api.api import api
    from everycall.web.urls import urlpatterns

    key = shadowed.person("s1", "supervisor")
    shut = 0
    for one in urlpatterns:
        for method, asked in one.callback.asks.items():
            if may(SUPERVISOR, asked) and asked not in SHOWS_NOTHING:
                path = str(one.pattern).replace("<path:ref>", "NEW-1").replace("<int:number>", "1")
                said = shadowed.visit(method, f"/{path}", key=key)
                assert said.status == 403, (method, path)
                assert "shadow" in said.body
                shut += 1
    document = api.get_openapi_schema(path_prefix="")
    for path, operations in document["paths"].items():
        for method in operations:
            real = path.replace("{ref}", "NEW-1").replace("{number}", "1").split("/api/v1")[-1]
            said = shadowed.ask(method.upper(), real, {} if method in ("post", "patch") else None, key=key)
            shown = said.status == 200 and method == "get"
            assert not shown or real in SHOWN, (method, real)
    assert shut > 5
