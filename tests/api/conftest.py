"""A force that is served in this process, to people and systems whom a test names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

import build
from everycall.accounts import people, sessions, tokens
from everycall.serving import ground as grounds
from everycall.serving.ground import Ground
from scenario_runner import policy


@dataclass
class Answer:
    """What came back."""

    status: int
    body: Any
    headers: Any

    @property
    def code(self) -> str:
        """Return the code of a refusal; fails for another shape."""
        assert set(self.body) == {"error"}
        assert set(self.body["error"]) == {"code", "message", "details"}
        return str(self.body["error"]["code"])


@dataclass
class Served:
    """A force being served, with a clock that a test sets."""

    where: str
    at: datetime = build.NOW
    ground: Ground = field(init=False)

    def now(self) -> datetime:
        """Return the time, which goes on by a millisecond each time it is asked for."""
        self.at += timedelta(milliseconds=1)
        return self.at

    def connection(self) -> Any:
        """Return this thread's connection."""
        return self.ground.force().store.connection

    def token(self, *scopes: str, system: str = "STORM") -> str:
        """Return a token for a system."""
        return tokens.make(self.connection(), system, scopes, self.at)

    def person(self, name: str, role: str, district: str | None = None) -> str:
        """Return the key of a session of a person, who is added when there is none of that name."""
        if not people.everybody(self.connection()):
            people.add(self.connection(), "first", "administrator", self.at, subject="none first")
        person = people.find(self.connection(), name) or people.add(
            self.connection(), name, role, self.at, district=district, subject=f"none {name}"
        )
        return sessions.begin(self.connection(), person, self.at)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        token: str | None = None,
        key: str | None = None,
        raw: bytes | None = None,
        content_type: str = "application/json",
        **headers: str,
    ) -> Answer:
        """Send a request: as a system by its token, as a person by the key of a session, or as nobody."""
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        data = raw if raw is not None else json.dumps(body).encode() if body is not None else b""
        said = _sent(method, f"/api/v1{path}", data, key, content_type, headers)
        told = said.content.decode()
        return Answer(said.status_code, json.loads(told) if told else None, said.headers)

    def visit(
        self,
        method: str,
        path: str,
        form: Mapping[str, str] | None = None,
        key: str | None = None,
        **headers: str,
    ) -> Answer:
        """Go to a screen, or send its form; the body is the page's text."""
        data = urlencode(form or {}).encode()
        said = _sent(method, path, data, key, "application/x-www-form-urlencoded", headers)
        return Answer(said.status_code, said.content.decode(), said.headers)


def _sent(
    method: str, path: str, data: bytes, key: str | None, content_type: str, headers: dict[str, str]
) -> Any:
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client

    client = Client(enforce_csrf_checks=True, raise_request_exception=False, SERVER_NAME="localhost")
    if key is not None:
        client.cookies["everycall_session"] = key
        client.cookies["everycall_csrf"] = headers.setdefault("X-CSRFToken", _get_new_csrf_string())
    return client.generic(method, path, data, content_type=content_type, headers=headers)


def serve(where: str, aside: Path) -> Served:
    """Serve the store there."""
    made = Served(where)
    made.ground = Ground(where, policy(), made.now, aside, in_time=False, salts=build.salts())
    grounds.stand_on(made.ground)
    return made


@pytest.fixture
def served(store: str, tmp_path: Path) -> Iterator[Served]:
    """Serve a fresh store, on each database in turn."""
    made = serve(store, tmp_path / "aside")
    yield made
    made.ground.let_go()


@pytest.fixture
def served_on_sqlite(sqlite_store: str, tmp_path: Path) -> Iterator[Served]:
    """Serve a fresh SQLite store."""
    made = serve(sqlite_store, tmp_path / "aside")
    yield made
    made.ground.let_go()
