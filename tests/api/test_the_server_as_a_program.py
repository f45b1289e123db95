"""The server as a program of its own: slow clients, huge and broken requests, stopping; nothing stops the calls."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import build
from command import patient, run, run_program, serving
from everycall.accounts import tokens
from everycall.store.store import Store

CROWD = 30


@dataclass
class Program:
    """A server that runs, and a token for it."""

    port: int
    token: str
    process: subprocess.Popen[str]

    def send(self, data: bytes, seconds: float = 120.0) -> tuple[int, dict[str, str], Any]:
        """Send bytes as they are; return status, headers and body."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as link:
            link.sendall(data)
            with suppress(OSError):  # it may have answered, and closed, already
                link.shutdown(socket.SHUT_WR)
            got = b""
            while part := link.recv(65_536):
                got += part
        head, _, body = got.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return int(first.split()[1]), headers, json.loads(body) if body[:1] in b"{[" and body else body

    def post(self, body: bytes, path: str = "/api/v1/assessments", **more: str) -> tuple[int, Any]:
        """Post a body with the token."""
        headers = {
            "Host": "localhost",
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Connection": "close",
        } | {name.replace("_", "-"): value for name, value in more.items()}
        head = f"POST {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in headers.items()) + "\r\n"
        status, _, told = self.send(head.encode() + body)
        return status, told

    def take(self, ref: str, **more: Any) -> tuple[int, Any]:
        """Post a call."""
        return self.post(json.dumps(build.facts(ref, **more)).encode())


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[Program]:
    """Run `everycall serve` on a fresh store."""
    folder = tmp_path_factory.mktemp("served")
    store = str(shutil.copy(empty_sqlite, folder / "store.db"))
    patient(store, folder / "pack")
    opened = Store(store)
    token = tokens.make(opened.connection, "CAD", ["assess", "calls"], datetime.now(UTC))
    opened.close()
    process, port = serving(store, workers=1)
    yield Program(port, token, process)
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=120)
    assert process.returncode == 0, told
    # nothing of what was asked stands in a log: only that nobody was let in
    assert {line.partition(" everycall.")[2] for line in told.splitlines()} <= {
        "security: sign-in refused: no such account"
    }


def test_calls_are_answered_while_a_crowd_sends_bytes_slowly(program: Program) -> None:
    starts = (
        b"POST /api/v1/assessments HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n{",
        b"GET /api/v1/health HTTP/1.1\r\nHost: local",
    )
    crowd = [socket.create_connection(("127.0.0.1", program.port)) for _ in range(CROWD)]
    try:
        for number, link in enumerate(crowd):
            link.sendall(starts[number % 2])
        time.sleep(0.2)
        assert program.take("SLOW-1")[0] == 200
    finally:
        for link in crowd:
            link.close()


def test_a_body_that_is_too_large_is_refused(program: Program) -> None:
    status, told = program.post(b"x" * 3_000_000)
    assert (status, told["error"]["code"]) == (413, "too_large")
    status, _ = program.post(b"{}", Content_Length="99999999999")
    assert status == 413
    assert program.take("LARGE-1")[0] == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b"null", 422),
        (b"\xff\xfe{}", 400),
        (b'{"ref": "\xc3\x28"}', 400),
        (b"[" * 200_000, 422),
        (b'{"a":' * 50_000, 422),
        (b'{"ref": 1e999, "received_at": NaN}', 422),
    ],
    ids=["empty", "half", "list", "null", "utf16", "broken", "deep-list", "deep-object", "numbers"],
)
def test_what_is_no_call_is_refused_in_the_one_shape(program: Program, body: bytes, status: int) -> None:
    found, told = program.post(body)
    assert found == status
    assert set(told["error"]) == {"code", "message", "details"}


def test_ten_thousand_lines_are_taken_and_one_more_is_refused(program: Program) -> None:
    lines = [{"text": f"LINE {number}"} for number in range(10_000)]
    assert program.take("LONG-1", log=lines)[0] == 200
    status, told = program.take("LONG-2", log=[*lines, {"text": "ONE MORE"}])
    assert (status, told["error"]["details"][0]["where"]) == (422, "log")


def test_keys_that_are_not_the_callers_to_set_are_refused(program: Program) -> None:
    for key, value in (
        ("version", 9),
        ("known_from", 1),
        ("grade", "none"),
        ("stands", {}),
        ("__class__", {}),
    ):
        status, told = program.take("MASS-1", **{key: value})
        assert (status, told["error"]["code"]) == (422, "unusable_input")


def test_two_lengths_two_hosts_and_foreign_hosts_are_refused(program: Program) -> None:
    foreign, told = program.post(b"{}", Host="evil.example")
    assert (foreign, told["error"]["code"]) == (400, "unknown_host")
    smuggled = (
        b"POST /api/v1/assessments HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
        b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n"
    )
    status, _, _ = program.send(smuggled)
    assert status >= 400
    assert program.take("SMUGGLE-1")[0] == 200


@pytest.mark.parametrize(
    ("line", "more", "status", "code"),
    [
        (b"GET /api/v1/calls/\xff", b"", 400, "bad_request"),
        (b"GET /api/v1/calls/%ff", b"", 404, "not_found"),
        (b"GET /api/v1/priorities?after=%ff%fe", b"", 400, "no_utf8"),
        (b"GET /api/v1/nothing", b"", 404, "not_found"),
        (b"BREW /api/v1/health", b"", 405, "wrong_method"),
        (b"GET /api/v1/health", b"X-Long: " + b"a" * 20_000 + b"\r\n", 431, "too_large"),
        (b"POST /api/v1/assessments", b"Content-Length: -5\r\n", 400, "bad_request"),
        (b"POST /api/v1/assessments", b"Content-Length: 99999999999\r\n", 413, "too_large"),
        (b"POST /api/v1/assessments", b"Content-Type: text/xml\r\nContent-Length: 2\r\n\r\n{}", 415, "no_json"),
        (
            b"POST /api/v1/assessments",
            b"Content-Type: application/json; charset=utf-16\r\nContent-Length: 2\r\n\r\n{}",
            415,
            "no_json",
        ),
        (
            b"POST /api/v1/assessments",
            b"Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
            415,
            "no_json",
        ),
        (b"\x16\x03\x01", b"", 400, "bad_request"),
    ],
    ids=[
        "raw-path", "path", "query", "nothing", "method", "headers",
        "length", "huge", "xml", "charset", "packed", "tls",
    ],
)  # fmt: skip
def test_whatever_cannot_be_read_is_refused_in_the_one_shape(
    program: Program, line: bytes, more: bytes, status: int, code: str
) -> None:
    head = f"Host: localhost\r\nAuthorization: Bearer {program.token}\r\nConnection: close\r\n".encode()
    found, headers, told = program.send(line + b" HTTP/1.1\r\n" + head + more + b"\r\n")
    assert (found, told["error"]["code"]) == (status, code)
    assert set(told["error"]) == {"code", "message", "details"}
    assert (headers["content-type"], headers["x-content-type-options"]) == ("application/json", "nosniff")


def test_a_flood_of_sign_ins_is_turned_away_and_calls_go_on(program: Program) -> None:
    body = json.dumps({"name": "nobody", "password": "guess after guess"}).encode()
    with ThreadPoolExecutor(20) as crowd:
        flood = [crowd.submit(program.post, body, "/api/v1/session") for _ in range(120)]
        taken = [program.take(f"FLOOD-{number}")[0] for number in range(5)]
        refused = {(status, told["error"]["code"]) for status, told in (one.result() for one in flood)}
    assert taken == [200] * 5
    assert refused == {(401, "not_signed_in"), (429, "too_many_requests")}


def test_an_answer_does_not_name_the_server(program: Program) -> None:
    _, headers, _ = program.send(
        b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )
    assert "server" not in headers
    assert int(headers["content-length"]) > 0


def test_another_machine_is_not_served_without_tls(sqlite_store: str) -> None:
    ran = run("serve", "--host", "0.0.0.0", "--store", sqlite_store)
    assert ran.exit == 2
    assert "--behind-tls" in ran.err


def test_an_address_in_use_is_refused(program: Program, sqlite_store: str) -> None:
    ran = run_program("serve", "--port", str(program.port), "--store", sqlite_store)
    assert ran.exit == 2
    assert "address" in ran.err
