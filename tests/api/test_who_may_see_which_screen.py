"""Every screen and method, walked with every role: who may, who may not; whatever is not told is shut."""

from __future__ import annotations

from typing import Any

import build
from everycall.accounts.people import ROLES
from everycall.web.screens import NOBODY, Screen
from everycall.web.urls import urlpatterns

EVERYBODY = set(ROLES)
SEE_CALLS = EVERYBODY - {"administrator"}
SEARCH = SEE_CALLS - {"analyst"}
WATCH = {"supervisor", "inspector", "administrator"}
ADMINISTER = {"administrator"}
MAY: dict[tuple[str, str], set[str]] = {
    ("GET", ""): EVERYBODY,
    ("POST", "sign-out"): EVERYBODY,
    ("GET", "password"): EVERYBODY,
    ("POST", "password"): EVERYBODY,
    ("GET", "card"): EVERYBODY,
    ("GET", "calls/<path:ref>/map"): {
        "handler",
        "supervisor",
        "neighbourhood_officer",
        "analyst",
        "inspector",
    },
    ("GET", "calls/new"): {"handler", "supervisor"},
    ("POST", "calls/new"): {"handler", "supervisor"},
    ("GET", "calls/<path:ref>"): {"handler", "supervisor", "neighbourhood_officer", "analyst", "inspector"},
    ("POST", "calls/<path:ref>"): {"handler", "supervisor"},
    ("POST", "calls/<path:ref>/facts"): {"handler", "supervisor"},
    ("POST", "calls/<path:ref>/look"): {
        "handler",
        "supervisor",
        "neighbourhood_officer",
        "analyst",
        "inspector",
    },
    ("POST", "calls/<path:ref>/glass"): {"handler", "supervisor", "neighbourhood_officer"},
    ("POST", "calls/<path:ref>/decision"): {"handler", "supervisor"},
    ("POST", "calls/<path:ref>/approval"): {"supervisor"},
    ("POST", "calls/<path:ref>/same"): {"handler", "supervisor"},
    ("GET", "search"): SEARCH,
    ("POST", "search"): SEARCH,
    ("GET", "person"): SEE_CALLS,
    ("POST", "person"): SEE_CALLS,
    ("GET", "place"): SEE_CALLS,
    ("POST", "place"): SEE_CALLS,
    ("GET", "supervisors"): {"supervisor"},
    ("POST", "supervisors/say"): {"supervisor"},
    ("POST", "supervisors/burst"): {"supervisor"},
    ("GET", "supervisors/decisions"): {"supervisor"},
    ("GET", "alerts"): WATCH,
    ("POST", "alerts/seen"): WATCH,
    ("GET", "log"): WATCH,
    ("POST", "log"): WATCH,
    ("GET", "settings/policy"): EVERYBODY,
    ("GET", "settings/people"): ADMINISTER,
    ("POST", "settings/people/add"): ADMINISTER,
    ("POST", "settings/people/change"): ADMINISTER,
    ("GET", "settings/systems"): ADMINISTER,
    ("POST", "settings/systems/again"): ADMINISTER,
    ("GET", "settings/conflicts"): ADMINISTER,
    ("POST", "settings/conflicts"): ADMINISTER,
    ("POST", "settings/conflicts/end"): ADMINISTER,
}
"""Who is let in; everybody else is refused, and who is not signed in is sent to sign in."""

OPEN = {("GET", "sign-in"), ("POST", "sign-in"), ("GET", "static/<str:made>/<path:name>")}
"""What asks for nobody."""

STANDS_FOR = {"<path:ref>": "NEW-1", "<int:number>": "1"}
"""What is put into a path to walk it."""


def screens() -> dict[tuple[str, str], str]:
    found = {}
    for one in urlpatterns:
        assert isinstance(one.callback, Screen), f"{one.pattern} does not say what it asks for"
        found |= {(method, str(one.pattern)): asked for method, asked in one.callback.asks.items()}
    return found


def test_every_screen_is_in_this_table_and_no_other() -> None:
    assert set(screens()) == set(MAY) | OPEN


def test_every_screen_asks_for_somebody_but_those_that_are_open() -> None:
    assert {one for one, asked in screens().items() if asked == NOBODY} == OPEN


def test_every_screen_and_method_with_every_role(served_on_sqlite: Any) -> None:
    served = served_on_sqlite
    served.ask("POST", "/assessments", build.facts(), token=served.token("assess"))
    wrong = []
    for (method, path), may in MAY.items():
        for word, real in STANDS_FOR.items():
            path = path.replace(word, real)
        nobody = served.visit(method, f"/{path}", **{"Everycall-Live": "1"} if method == "POST" else {})
        if method == "GET" and (nobody.status, nobody.headers["Location"][:8]) != (302, "/sign-in"):
            wrong.append((method, path, "nobody", nobody.status))
        if method == "POST" and nobody.status not in (401, 403):
            wrong.append((method, path, "nobody", nobody.status))
        for role in ROLES:
            key = served.person(f"a-{role.replace('_', '-')}", role)
            status = served.visit(method, f"/{path}", key=key).status
            let_in = status not in (401, 403)
            if let_in != (role in may) or status >= 500:
                wrong.append((method, path, role, status))
    assert wrong == []


def test_a_system_gets_no_screen(served_on_sqlite: Any) -> None:
    token = served_on_sqlite.token("assess", "calls", "words")
    answer = served_on_sqlite.visit("GET", "/", Authorization=f"Bearer {token}")
    assert answer.status == 403


def test_a_form_from_another_page_is_refused(served_on_sqlite: Any) -> None:
    key = served_on_sqlite.person("c7214", "handler")
    answer = served_on_sqlite.visit("POST", "/sign-out", key=key, **{"X-CSRFToken": ""})
    assert answer.status == 403
    assert "reload it" in answer.body


def test_what_cannot_be_done_is_refused_as_a_page(served_on_sqlite: Any) -> None:
    key = served_on_sqlite.person("c7214", "handler")
    answer = served_on_sqlite.visit("DELETE", "/sign-in", key=key)
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, POST"
    assert answer.body.startswith("<!doctype html>")


def test_a_script_is_refused_in_the_shape_of_the_api(served_on_sqlite: Any) -> None:
    answer = served_on_sqlite.visit("GET", "/", **{"Everycall-Live": "1"})
    assert answer.status == 401
    assert '"not_signed_in"' in answer.body
