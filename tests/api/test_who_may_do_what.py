"""Every route and method, walked with every role and scope: who may, who may not; whatever is not told is shut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import build
from everycall.accounts.people import ROLES
from everycall.accounts.tokens import SCOPES
from everycall.api.api import api
from everycall.api.auth import AnyPerson

MAY = {
    ("POST", "/assessments"): {"handler", "supervisor", "scope assess"},
    ("PATCH", "/calls/{ref}"): {"handler", "supervisor", "scope assess"},
    ("GET", "/calls/{ref}"): {
        "handler", "supervisor", "neighbourhood_officer", "analyst", "inspector", "scope calls",
    },
    ("POST", "/calls/{ref}/decision"): {"handler", "supervisor", "scope decide"},
    ("POST", "/calls/{ref}/decision/approval"): {"supervisor"},
    ("POST", "/calls/{ref}/broken-glass"): {"handler", "supervisor", "neighbourhood_officer"},
    ("POST", "/matches"): {"handler", "supervisor", "scope match"},
    ("GET", "/priorities"): {
        "handler", "supervisor", "neighbourhood_officer", "analyst", "inspector", "scope priorities",
    },
    ("GET", "/processing"): {"supervisor", "inspector", "administrator"},
    ("GET", "/alerts"): {"supervisor", "inspector", "administrator"},
    ("POST", "/alerts/{number}/seen"): {"supervisor", "inspector", "administrator"},
    ("POST", "/caller-number"): {"handler", "supervisor", "scope caller_number"},
    ("POST", "/webhooks"): {"administrator", "scope webhooks"},
    ("GET", "/webhooks"): {"administrator", "scope webhooks"},
    ("DELETE", "/webhooks/{number}"): {"administrator", "scope webhooks"},
    ("GET", "/webhooks/failed"): {"administrator", "scope webhooks"},
    ("POST", "/webhooks/failed/{number}/again"): {"administrator", "scope webhooks"},
    ("POST", "/conflicts"): {"administrator"},
    ("GET", "/conflicts"): {"administrator"},
    ("DELETE", "/conflicts/{number}"): {"administrator"},
    ("GET", "/session"): set(ROLES),
    ("DELETE", "/session"): set(ROLES),
    ("PUT", "/session/password"): set(ROLES),
}  # fmt: skip
"""Who is let in; everybody else is refused, on every route."""

OPEN = {("POST", "/session"), ("GET", "/health"), ("GET", "/openapi.json")}
"""What asks for nobody."""


def routes() -> Iterator[tuple[str, str, Any]]:
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    yield method, f"{prefix}{path}".replace("{path:", "{"), operation


def test_every_route_is_in_this_table_and_no_other() -> None:
    found = {(method, path) for method, path, _ in routes()}
    assert found | {("GET", "/openapi.json")} == set(MAY) | OPEN


def test_every_route_asks_for_somebody_but_those_that_are_open() -> None:
    unasked = {(method, path) for method, path, operation in routes() if not operation.auth_callbacks}
    assert unasked == OPEN - {("GET", "/openapi.json")}


def test_every_route_and_method_with_every_role_and_scope(served_on_sqlite: Any) -> None:
    served = served_on_sqlite
    served.ask("POST", "/assessments", build.facts(), token=served.token("assess"))
    keys = {role: {"key": served.person(f"a-{role.replace('_', '-')}", role)} for role in ROLES}
    keys |= {f"scope {scope}": {"token": served.token(scope)} for scope in SCOPES}
    wrong = []
    for (method, path), may in MAY.items():
        real = path.replace("{ref}", "NEW-1").replace("{number}", "1")
        nobody = served.ask(method, real, {})
        if (nobody.status, nobody.code) != (401, "not_signed_in"):
            wrong.append((method, path, "nobody", nobody.status))
        for who, key in keys.items():
            if path.startswith("/session"):  # one that is signed out may do nothing more
                key = key if "token" in key else {"key": served.person(f"b-{who.replace('_', '-')}", who)}
            status = served.ask(method, real, {}, **key).status
            let_in = status not in (401, 403)
            if let_in != (who in may) or status >= 500:
                wrong.append((method, path, who, status))
    assert wrong == []


def test_methods_that_are_not_there_are_refused_in_the_one_shape(served_on_sqlite: Any) -> None:
    for method, path, status, code in (
        ("DELETE", "/calls/NEW-1", 405, "wrong_method"),
        ("PUT", "/assessments", 405, "wrong_method"),
        ("GET", "/nothing", 404, "not_found"),
        ("TRACE", "/health", 405, "wrong_method"),
    ):
        answer = served_on_sqlite.ask(method, path)
        assert (answer.status, answer.code) == (status, code)


def test_a_session_needs_the_pages_token_with_every_change(served_on_sqlite: Any) -> None:
    key = served_on_sqlite.person("c7214", "handler")
    answer = served_on_sqlite.ask("POST", "/assessments", build.facts(), key=key, **{"X-CSRFToken": ""})
    assert (answer.status, answer.code) == (403, "not_from_our_page")


def test_a_person_signed_in_at_the_walk_is_any_person() -> None:
    signed_in = [op for method, path, op in routes() if path.startswith("/session") and method != "POST"]
    assert all(isinstance(op.auth_callbacks[0], AnyPerson) for op in signed_in)
