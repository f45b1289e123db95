"""Webhooks: signed, told once, tried again ever later, given up and listed; never sent inward."""

from __future__ import annotations

import base64
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

import build
from everycall.errors import InputError
from everycall.telling import sending, targets, webhooks
from everycall.telling.events import ASSESSMENT, DECISION
from everycall.telling.targets import TargetError, checked_address, read_target


@dataclass
class Receiver:
    """A system that is told."""

    url: str = ""
    status: int = 204
    location: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Return a system on this machine, which no webhook but a test's may lead to."""
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.got.append((dict(self.headers), body))
            self.send_response(made.status)
            if made.location:
                self.send_header("Location", made.location)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://localhost:{server.server_port}/told"
    monkeypatch.setattr(targets, "_allowed", lambda address, inside: True)
    monkeypatch.setattr(targets, "SECONDS", 120.0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def hooked(served: Any, url: str, *events: str) -> str:
    return webhooks.add(served.connection(), url, events or (ASSESSMENT, DECISION), served.at, inside=True)[1]


def assessed(served: Any, ref: str = "NEW-1", **more: Any) -> Any:
    token = served.token("assess", "decide")
    return served.ask("POST", "/assessments", build.facts(ref, **more), token=token)


def test_an_assessment_and_a_decision_are_told_signed_as_codes(served: Any, receiver: Receiver) -> None:
    secret = hooked(served, receiver.url)
    told = assessed(served, log=[{"text": "SHE HAS DEMENTIA, LADS IN HER GARDEN"}])
    served.ask(
        "POST", "/calls/NEW-1/decision", {"accepted": True, "by": "C7214"}, token=served.token("decide")
    )
    assert sending.send_due(served.connection(), served.at) == 2
    kinds = []
    for headers, body in receiver.got:
        signed = f"{headers['Webhook-Id']}.{headers['Webhook-Timestamp']}.".encode() + body
        mark = base64.b64encode(hmac.new(bytes.fromhex(secret), signed, sha256).digest()).decode()
        assert headers["Webhook-Signature"] == f"v1,{mark}"
        assert headers["Content-Type"] == "application/cloudevents+json"
        event = json.loads(body)
        kinds.append(event["type"])
        assert (event["specversion"], event["id"], event["subject"]) == (
            "1.0",
            headers["Webhook-Id"],
            "NEW-1",
        )
        text = body.decode()
        personal = ("Maureen", "Peck", "960 114", "Larch", "DEMENTIA", "mental_ill_health", "C7214")
        assert [one for one in personal if one in text] == []
    assert kinds == [ASSESSMENT, DECISION]
    assert json.loads(receiver.got[0][1])["data"]["grade"] == told.body["recommendation"]["grade"]


def test_the_same_assessment_again_is_told_once(served: Any, receiver: Receiver) -> None:
    hooked(served, receiver.url)
    build.take(served.ground.force(), build.call("OLD-1", received_at="2026-06-12T10:00:00+01:00"))
    for _ in range(3):
        assessed(served)
    assert sending.send_due(served.connection(), served.at) == 1
    assert sending.send_due(served.connection(), served.at) == 0


def test_a_failure_is_tried_again_ever_later_and_then_given_up(served: Any, receiver: Receiver) -> None:
    hooked(served, receiver.url, ASSESSMENT)
    receiver.status = 500
    assessed(served)
    waits = []
    for _ in range(sending.MOST_TRIES):
        assert sending.send_due(served.connection(), served.at) == 0
        rows = build.rows(served.ground.force(), "SELECT next_at, tries FROM webhook_message")
        waits.append(rows[0][1])
        served.at += sending.later(rows[0][1])
    assert waits == list(range(1, sending.MOST_TRIES + 1))
    assert len(receiver.got) == sending.MOST_TRIES
    assert sending.send_due(served.connection(), served.at + timedelta(days=9)) == 0
    token = served.token("webhooks")
    (given_up,) = served.ask("GET", "/webhooks/failed", token=token).body["items"]
    assert (given_up["why"], given_up["tries"]) == ("answered 500", sending.MOST_TRIES)
    receiver.status = 200
    again = served.ask("POST", f"/webhooks/failed/{given_up['number']}/again", token=token)
    assert again.status == 204
    assert sending.send_due(served.connection(), served.now()) == 1


def test_a_dead_system_holds_up_no_other(served_on_sqlite: Any, receiver: Receiver) -> None:
    served = served_on_sqlite
    hooked(served, "http://localhost:1/dead", ASSESSMENT)
    hooked(served, receiver.url, ASSESSMENT)
    assessed(served)
    assessed(served, "NEW-2")
    assert sending.send_due(served.connection(), served.at) == 2
    tries = build.rows(
        served.ground.force(), "SELECT tries FROM webhook_message WHERE sent_at IS NULL ORDER BY id"
    )
    assert tries == [(1,), (0,)]


def test_a_redirect_is_not_followed(served_on_sqlite: Any, receiver: Receiver) -> None:
    hooked(served_on_sqlite, receiver.url, ASSESSMENT)
    receiver.status, receiver.location = 302, receiver.url
    assessed(served_on_sqlite)
    assert sending.send_due(served_on_sqlite.connection(), served_on_sqlite.at) == 0
    assert len(receiver.got) == 1


def test_an_ended_webhook_is_told_nothing_more(served: Any, receiver: Receiver) -> None:
    hooked(served, receiver.url, ASSESSMENT)
    assessed(served)
    key = served.person("first", "administrator")
    (hook,) = served.ask("GET", "/webhooks", key=key).body["items"]
    assert "secret" not in hook
    assert served.ask("DELETE", f"/webhooks/{hook['number']}", key=key).status == 204
    assert sending.send_due(served.connection(), served.at) == 0
    assert receiver.got == []


def test_webhooks_come_in_pages(served_on_sqlite: Any) -> None:
    for number in range(5):
        hooked(served_on_sqlite, f"https://example.org/{number}")
    token, found, before = served_on_sqlite.token("webhooks"), [], ""
    while before is not None:
        page = served_on_sqlite.ask("GET", f"/webhooks?limit=2{before}", token=token).body
        found += [one["url"][-1] for one in page["items"]]
        before = None if page["next"] is None else f"&before={page['next']}"
    assert found == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/x",
        "https://me:pw@example.org/x",
        "https://example.org/x?ref=1",
        "ftp://example.org/x",
        "https:///x",
        "https://example.org:99999/",
        "https://example.org/\tx",
        "",
    ],
    ids=["plain", "password", "query", "ftp", "no-host", "port", "tab", "empty"],
)
def test_urls_that_may_not_be_are_refused(url: str) -> None:
    with pytest.raises(InputError):
        read_target(url, inside=False)


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("0.0.0.0", True),
        ("169.254.169.254", True),
        ("[::1]", True),
        ("[::ffff:127.0.0.1]", True),
        ("[fe80::1]", True),
        ("224.0.0.1", True),
        ("2130706433", True),
        ("[64:ff9b::7f00:1]", True),
        ("[2002:7f00:1::]", True),
        ("10.0.0.8", False),
        ("192.168.1.1", False),
        ("[fd00::1]", False),
    ],
    ids=lambda one: str(one),
)
def test_addresses_inward_may_not_be_reached(host: str, inside: bool) -> None:
    with pytest.raises(TargetError):
        checked_address(read_target(f"https://{host}/x", inside))


def test_an_address_of_the_forces_own_network_only_when_allowed_at_the_server() -> None:
    assert checked_address(read_target("https://10.0.0.8/x", inside=True)) == "10.0.0.8"


def test_a_number_that_rings_opens_a_card_with_what_is_known_of_it(served: Any) -> None:
    build.take(served.ground.force(), build.call("OLD-1", received_at="2026-06-10T21:04:00+01:00"))
    token = served.token("caller_number", "assess", "calls", "words")
    rings = {"call": "NEW-1", "number": "01632 960 114", "at": "2026-06-12T21:04:00+01:00"}
    card = served.ask("POST", "/caller-number", rings, token=token)
    assert card.status == 200
    shown = card.body["repeat"]
    assert "OLD-1" in json.dumps([shown["incidents"], shown["to_confirm"]])
    served.ask("PATCH", "/calls/NEW-1", {"caller": {"name": "Maureen Peck"}}, token=token)
    served.ask("POST", "/caller-number", {**rings, "number": "01632 960 999"}, token=token)
    caller = served.ask("GET", "/calls/NEW-1", token=token).body["call"]["caller"]
    assert caller == {"name": "Maureen Peck", "phone": "01632 960 114"}


def test_a_withheld_number_opens_a_card_too(served_on_sqlite: Any) -> None:
    rings = {"call": "NEW-1", "number": None, "at": "2026-06-12T21:04:00+01:00"}
    card = served_on_sqlite.ask(
        "POST", "/caller-number", rings, token=served_on_sqlite.token("caller_number")
    )
    assert (card.status, card.body["repeat"]["status"]) == (200, "could_not_look")
