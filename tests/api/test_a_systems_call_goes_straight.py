"""A system's call, which goes to be assessed past Django, is answered and refused as on the ordinary way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

import build
from everycall.api.straight import TakenStraight
from everycall.serving.application import application

_TOLD_ANEW = {"took_ms", "assessed_at", "call_ref"}
_FORGETS = 60.0

ASKED: dict[str, dict[str, Any]] = {
    "a call": {"body": build.facts()},
    "a call with a mark before it": {"raw": b"\xef\xbb\xbf" + json.dumps(build.facts()).encode()},
    "in UTF-8, as it says": {"body": build.facts(), "content_type": "application/json; charset=UTF-8"},
    "with a reason": {"body": build.facts(), "HTTP_EVERYCALL_JUSTIFICATION": "asked by the control room"},
    "no JSON": {"raw": b"{"},
    "nothing": {"raw": b""},
    "no UTF-8": {"raw": b'{"ref": "\xff"}'},
    "a key twice": {"raw": b'{"ref": "A", "ref": "B"}'},
    "no facts": {"body": {}},
    "nested too deeply": {"raw": b"[" * 200_000},
    "another kind": {"body": build.facts(), "content_type": "text/plain"},
    "another charset": {"body": build.facts(), "content_type": "application/json; charset=latin-1"},
    "packed": {"body": build.facts(), "HTTP_CONTENT_ENCODING": "gzip"},
    "too large": {"raw": b"x" * 3_000_000},
    "a length that is no number": {"body": build.facts(), "CONTENT_LENGTH": "many"},
    "an unknown host": {"body": build.facts(), "HTTP_HOST": "elsewhere.example"},
    "two hosts": {"body": build.facts(), "HTTP_HOST": "localhost, elsewhere.example"},
    "a question": {"body": build.facts(), "QUERY_STRING": "a=1"},
    "a question that is no UTF-8": {"body": build.facts(), "QUERY_STRING": "a=%ff"},
    "another method": {"method": "PUT", "body": build.facts()},
    "another way": {"path": "/api/v1/assessments/", "body": build.facts()},
    "another scope": {"scopes": ("calls",), "body": build.facts()},
    "a bad token": {"token": "everycall_none_none", "body": build.facts()},
    "no token": {"token": "", "body": build.facts()},
}


def _ask(
    application: Callable[..., Iterable[bytes]], token: str, asked: dict[str, Any], **facts: Any
) -> tuple[str, dict[str, str], bytes]:
    """Ask a WSGI application as a server would; return status, headers and body."""
    asked = dict(asked)
    method, path = asked.pop("method", "POST"), asked.pop("path", "/api/v1/assessments")
    body, kind = asked.pop("body", None), asked.pop("content_type", "application/json")
    raw = asked.pop("raw", b"") if body is None else json.dumps({**body, **facts} if body else body).encode()
    said: list[Any] = []
    environ = RequestFactory(SERVER_NAME="localhost", HTTP_HOST="localhost").generic(
        method, path, raw, content_type=kind, HTTP_AUTHORIZATION=f"Bearer {token}", **asked
    )
    answer = application(environ.environ, lambda status, headers: said.extend((status, dict(headers))))
    return said[0], said[1], b"".join(answer)


@pytest.fixture
def straight(served_on_sqlite: Any) -> TakenStraight:
    """Return the application of a server that knows who showed a token a moment ago."""
    served_on_sqlite.ground.trust_tokens_seconds = _FORGETS
    return TakenStraight(application(served_on_sqlite.ground))


def _known(served: Any, straight: TakenStraight, *scopes: str) -> str:
    """Return a token that was shown to the server before."""
    token: str = served.token(*scopes)
    _ask(straight, token, {"path": "/api/v1/health", "method": "GET", "wsgi.url_scheme": "https"})
    return token


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_both_ways_answer_alike(
    served_on_sqlite: Any, straight: TakenStraight, asked: dict[str, Any]
) -> None:
    asked = dict(asked)
    scopes, given = asked.pop("scopes", ("assess",)), asked.pop("token", None)
    token = _known(served_on_sqlite, straight, *scopes) if given is None else given
    status, headers, body = _ask(straight, token, asked, ref="FIRST")
    build.change(served_on_sqlite.ground.force(), "DELETE FROM mention_key")  # the first is no earlier call
    ordinary = _ask(WSGIHandler(), token, asked, ref="SECOND")
    assert status == ordinary[0]
    assert {**headers, "Content-Length": ""} == {**ordinary[1], "Content-Length": ""}
    assert int(headers["Content-Length"]) == len(body)
    told, as_ever = json.loads(body), json.loads(ordinary[2])
    assert {name: told[name] for name in told if name not in _TOLD_ANEW} == {
        name: as_ever[name] for name in as_ever if name not in _TOLD_ANEW
    } or ("raw" not in asked and status == "200 OK")


def test_a_fault_of_ours_is_told_by_kind_and_place_alone(
    served_on_sqlite: Any, straight: TakenStraight, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: Any) -> None:
        raise ZeroDivisionError("what somebody said")

    token = _known(served_on_sqlite, straight, "assess")
    monkeypatch.setattr("everycall.api.straight.read_call_text", fault)
    status, _, body = _ask(straight, token, {"body": build.facts()})
    assert (status, json.loads(body)["error"]["code"]) == ("500 Internal Server Error", "fault")
    assert b"said" not in body


def _goes_straight(served: Any, asked: dict[str, Any], *scopes: str) -> bool:
    served.ground.trust_tokens_seconds = _FORGETS
    ordinary, came = application(served.ground), []

    def counting(*given: Any) -> Any:
        came.append(1)
        return ordinary(*given)

    straight = TakenStraight(counting)
    token = _known(served, straight, *scopes)
    came.clear()
    _ask(straight, token, {"body": build.facts(), **asked})
    return not came


@pytest.mark.parametrize(
    ("scopes", "asked", "goes_straight"),
    [
        (("assess",), {}, True),
        (("assess",), {"HTTP_EVERYCALL_JUSTIFICATION": "asked"}, True),
        (("calls",), {}, False),
        (("assess",), {"HTTP_HOST": "elsewhere.example"}, False),
        (("assess",), {"CONTENT_LENGTH": "3000000"}, False),
    ],
)
def test_a_plain_call_of_a_system_alone_goes_straight(
    served_on_sqlite: Any, scopes: tuple[str, ...], asked: dict[str, Any], goes_straight: bool
) -> None:
    assert _goes_straight(served_on_sqlite, asked, *scopes) is goes_straight


def test_none_goes_straight_without_tls_where_that_is_asked_for(served_on_sqlite: Any) -> None:
    served_on_sqlite.ground.through_tls = True
    assert not _goes_straight(served_on_sqlite, {}, "assess")
    assert _goes_straight(served_on_sqlite, {"wsgi.url_scheme": "https"}, "assess")


def test_a_token_that_was_not_shown_just_now_is_looked_up(
    served_on_sqlite: Any, straight: TakenStraight
) -> None:
    token = _known(served_on_sqlite, straight, "assess")
    served_on_sqlite.ground.trust_tokens_seconds = 0.0
    build.change(served_on_sqlite.ground.force(), "DELETE FROM system_token")
    assert _ask(straight, token, {"body": build.facts()})[0].startswith("401")
