"""A screen asks each second what changed, is answered at once, and is told kinds of things, never facts."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import build
from everycall.accounts.people import ROLES
from everycall.serving import events
from everycall.store.modes import Modes

NEIGHBOUR = {
    "name": "Dora Peck",
    "phone": "07700 900 123",
    "address": "14 Larch Road",
    "postcode": "PE13 9ZZ",
}
ELSEWHERE = {"name": "Nia Odum", "phone": "07700 900 456", "address": "3 Quay Lane", "postcode": "PE30 9ZZ"}


class Page:
    """One page that asks again and again, as a browser does: with the number it was told last."""

    def __init__(self, served: Any, key: str, call: str | None = None, since: str | None = None) -> None:
        self.served, self.key, self.call, self.since = served, key, call, since
        self.last: str | None = None
        self.text = ""

    def asks(self) -> list[str]:
        from django.test import Client

        client = Client(SERVER_NAME="localhost")
        client.cookies["everycall_session"] = self.key
        wanted = {name: value for name, value in (("call", self.call), ("since", self.since)) if value}
        headers = {"Last-Event-ID": self.last} if self.last else {}
        answer = client.get("/events", wanted, headers=headers)
        assert answer.status_code == 200, answer.content
        assert answer["Content-Type"].startswith("text/event-stream")
        assert not answer.streaming, "a stream would hold the thread"
        self.text = answer.content.decode()
        fields = dict(line.split(": ", 1) for line in self.text.splitlines() if line)
        self.last = fields.get("id", self.last)
        return json.loads(fields["data"])["changed"] if "data" in fields else []


def told(served: Any, ref: str, **more: Any) -> None:
    answer = served.ask("POST", "/assessments", build.facts(ref, **more), token=served.token("assess"))
    assert answer.status == 200, answer.body


def test_the_first_answer_says_from_where_on_and_the_next_that_nothing_changed(served: Any) -> None:
    told(served, "CC-1")
    page = Page(served, served.person("c7214", "handler"), "CC-1")
    assert page.asks() == []
    assert page.text.startswith("retry: 1000\nid: ")
    assert page.asks() == []


def test_two_handlers_on_one_household_are_each_told_of_the_other(served: Any) -> None:
    told(served, "CC-1")
    first = Page(served, served.person("c1", "handler"), "CC-1")
    first.asks()
    told(served, "CC-2", caller=NEIGHBOUR, location=None)
    second = Page(served, served.person("c2", "handler"), "CC-2")
    second.asks()
    assert first.asks() == ["near"]
    served.ask("PATCH", "/calls/CC-1", {"answers": {"happening_now": "yes"}}, token=served.token("assess"))
    assert second.asks() == ["near"]
    assert second.asks() == []


def test_a_call_somewhere_else_is_not_told(served: Any) -> None:
    told(served, "CC-1")
    page = Page(served, served.person("c1", "handler"), "CC-1")
    page.asks()
    told(served, "CC-2", caller=ELSEWHERE, location={"address": "3 Quay Lane", "postcode": "PE30 9ZZ"})
    assert page.asks() == []


def test_a_late_position_is_told_apart_from_other_facts(served: Any) -> None:
    told(served, "CC-1")
    page = Page(served, served.person("c1", "handler"), "CC-1")
    page.asks()
    where = {"location": {"latitude": 52.66, "longitude": 0.16, "accuracy_m": 12, "source": "aml"}}
    served.ask("PATCH", "/calls/CC-1", where, token=served.token("assess"))
    assert page.asks() == ["facts", "position"]
    served.ask("PATCH", "/calls/CC-1", {"answers": {"threat_made": "yes"}}, token=served.token("assess"))
    assert page.asks() == ["facts"]


def test_a_decision_and_its_approval_are_told(served: Any) -> None:
    vulnerable = {"personal_circumstances": "yes", "happened_before": "yes", "happening_now": "yes"}
    told(served, "CC-1", answers=vulnerable)
    handler, supervisor = served.person("c1", "handler"), served.person("s1", "supervisor")
    page = Page(served, handler, "CC-1")
    page.asks()
    less = {"grade_given": "scheduled", "attendance": "contact", "reason": "risk_lower"}
    assert served.ask("POST", "/calls/CC-1/decision", less, key=handler).status == 200
    assert page.asks() == ["decision"]
    assert served.ask("POST", "/calls/CC-1/decision/approval", {}, key=supervisor).status == 200
    assert page.asks() == ["approval"]


def test_a_page_made_a_while_ago_is_told_what_came_since_it_was_made(served: Any) -> None:
    told(served, "CC-1")
    made_with = events.since("CC-1")
    told(served, "CC-2", caller=NEIGHBOUR)
    assert Page(served, served.person("c1", "handler"), "CC-1", made_with).asks() == ["near"]


def test_a_number_that_is_none_is_taken_as_now(served_on_sqlite: Any) -> None:
    told(served_on_sqlite, "CC-1")
    page = Page(served_on_sqlite, served_on_sqlite.person("c1", "handler"), "CC-1")
    for wrong in ("-1", "x", "7", "9" * 40 + "-1", "²-1", "1-1 "):
        page.last = wrong.encode("utf-8").decode("latin-1")
        assert page.asks() == []


def test_far_behind_everything_may_have_changed(served_on_sqlite: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(events, "_MOST_LINKS", 1)
    told(served_on_sqlite, "CC-1")
    page = Page(served_on_sqlite, served_on_sqlite.person("c1", "handler"), "CC-1")
    page.asks()
    told(served_on_sqlite, "CC-2", caller=ELSEWHERE)
    assert page.asks() == list(events.OF_A_CALL)


def test_a_call_that_is_not_theirs_to_see_is_like_one_that_is_not_there(served_on_sqlite: Any) -> None:
    served = served_on_sqlite
    told(served, "CC-1")
    officer = served.person("n1", "neighbourhood_officer")
    neighbour = served.person("c1", "handler")
    admin = served.person("a1", "administrator")
    conflict = {"account": "c1", "party": build.MAUREEN, "why": "a neighbour"}
    assert served.ask("POST", "/conflicts", conflict, key=admin).status == 204
    pages = [Page(served, neighbour, "CC-1"), Page(served, officer, "CC-9")]
    for page in pages:
        page.asks()
    told(served, "CC-2", caller=NEIGHBOUR)
    assert [page.asks() for page in pages] == [[], []]


def test_the_room_is_told_to_those_who_watch_over_it(served_on_sqlite: Any) -> None:
    served = served_on_sqlite
    page = Page(served, served.person("s1", "supervisor"))
    page.asks()
    told(served, "CC-1")
    assert page.asks() == ["assessments"]
    admin, handler = served.person("a1", "administrator"), served.person("c1", "handler")
    served.ask("POST", "/conflicts", {"account": "c1", "party": build.MAUREEN, "why": "kin"}, key=admin)
    why = {"why": "nobody else is on duty tonight"}
    assert served.ask("POST", "/calls/CC-1/broken-glass", why, key=handler).status == 204
    assert page.asks() == ["alerts"]


def test_who_is_let_in_to_hear_of_the_room_and_of_a_call(served_on_sqlite: Any) -> None:
    from django.test import Client

    let_in: dict[str, set[str]] = {"": set(), "CC-1": set()}
    for role in ROLES:
        client = Client(SERVER_NAME="localhost")
        client.cookies["everycall_session"] = served_on_sqlite.person(f"a-{role}".replace("_", "-"), role)
        for call, who in let_in.items():
            status = client.get("/events", {"call": call} if call else {}).status_code
            assert status in (200, 403)
            who |= {role} if status == 200 else set()
    assert let_in == {"": {"supervisor"}, "CC-1": set(ROLES) - {"administrator"}}
    assert Client(SERVER_NAME="localhost").get("/events").status_code == 401


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(served_on_sqlite: Any) -> None:
    served = served_on_sqlite
    key = served.person("c1", "handler")
    page = Page(served, key, "CC-1")
    for _ in range(7):
        page.asks()
        served.at += timedelta(minutes=8)
    assert served.ask("GET", "/session", key=key).status == 200, "56 minutes, and now somebody is there"
    served.at += timedelta(minutes=50)
    page.asks()
    served.at += timedelta(minutes=11)
    assert served.ask("GET", "/session", key=key).status == 401


def test_while_the_store_is_away_the_page_is_told_so_and_asks_more_seldom(
    served_on_sqlite: Any, monkeypatch: Any
) -> None:
    from django.db import DatabaseError

    page = Page(served_on_sqlite, served_on_sqlite.person("c1", "handler"), "CC-1")

    def away(*_: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(events.changes, "last_link", away)
    assert page.asks() == ["away"]
    assert page.text.startswith("retry: 5000\nevent")


def test_in_shadow_nothing_is_told_of_what_changed(served_on_sqlite: Any) -> None:
    from django.test import Client

    served = served_on_sqlite
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    client.cookies["everycall_session"] = served.person("s1", "supervisor")
    served.ground.modes = Modes(shadow=True)
    assert [client.get("/events", asked).status_code for asked in ({}, {"call": "CC-1"})] == [403, 403]
