"""Signing in: right, wrong, locked, ended; and what an answer tells a browser."""

from __future__ import annotations

from typing import Any

import pytest

import build
from everycall.accounts import people, sessions, signing_in, tokens
from everycall.accounts.passwords import problems_of_password
from everycall.errors import InputError

PASSWORD = "larks over the fen 7"


def with_person(served: Any) -> None:
    people.add(served.connection(), "Maria", None, served.at, PASSWORD)


def signed_in(served: Any, name: str = "maria", password: str = PASSWORD) -> Any:
    return served.ask("POST", "/session", {"name": name, "password": password})


def cookies(served: Any) -> tuple[Any, Any]:
    from django.test import Client

    client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    body = {"name": "maria", "password": PASSWORD}
    return client, client.post("/api/v1/session", body, content_type="application/json")


def test_who_signs_in_is_told_who_they_are_and_may(served: Any) -> None:
    with_person(served)
    client, answer = cookies(served)
    assert answer.status_code == 200
    assert (answer.json()["name"], answer.json()["role"]) == ("maria", "administrator")
    assert "assess" not in answer.json()["may"]
    cookie = answer.cookies["everycall_session"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert client.get("/api/v1/session").json()["name"] == "maria"


def test_signing_out_ends_the_session_at_the_server(served: Any) -> None:
    with_person(served)
    client, answer = cookies(served)
    stolen = answer.cookies["everycall_session"].value
    token = answer.json()["csrf_token"]
    assert client.delete("/api/v1/session", headers={"X-CSRFToken": token}).status_code == 204
    assert served.ask("GET", "/session", key=stolen).status == 401


def test_wrong_name_and_wrong_password_are_refused_alike(served: Any) -> None:
    with_person(served)
    one, other = signed_in(served, password="not this one at all"), signed_in(served, name="nobody")
    assert (one.status, one.body) == (other.status, other.body)
    assert one.status == 401


def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(served: Any) -> None:
    with_person(served)
    for _ in range(signing_in.TRIES):
        assert signed_in(served, password="wrong wrong wrong").status == 401
    assert signed_in(served).status == 401
    served.at += signing_in.LOCKED_FOR
    assert signed_in(served).status == 200


def test_a_session_ends_with_silence_and_with_the_shift(served: Any) -> None:
    key = served.person("c7214", "handler")
    assert served.ask("GET", "/session", key=key).status == 200
    begun = served.at
    while served.at < begun + sessions.LONGEST - sessions.IDLE:
        served.at += sessions.IDLE / 2
        assert served.ask("GET", "/session", key=key).status == 200
    served.at += sessions.IDLE
    assert served.ask("GET", "/session", key=key).status == 401


def test_a_session_of_a_closed_or_changed_account_ends_at_once(served: Any) -> None:
    key, other = served.person("c7214", "handler"), served.person("c7215", "handler")
    people.close(served.connection(), "c7214", served.at)
    people.change(served.connection(), "c7215", role="supervisor")
    assert served.ask("GET", "/session", key=key).status == 401
    assert served.ask("GET", "/session", key=other).status == 401


def test_guessed_and_malformed_keys_and_tokens_let_nobody_in(served_on_sqlite: Any) -> None:
    for key in ("", "x", "a" * 43, "\N{SNOWMAN}" * 3, "' OR 1=1 --" * 3):
        assert served_on_sqlite.ask("GET", "/session", key=key.encode().decode("latin-1")).status == 401
    for token in ("", "x", f"everycall_{'0' * 16}_{'a' * 43}"):
        assert served_on_sqlite.ask("GET", "/priorities", token=token).status == 401


def test_a_token_ends_when_it_expires_or_is_revoked_and_overlaps_when_rotated(served: Any) -> None:
    connection = served.connection()
    old = tokens.make(connection, "STORM", ["priorities"], served.at)
    label = old.split("_")[1]
    new = tokens.rotate(connection, label, served.at)
    for token in (old, new):
        assert served.ask("GET", "/priorities", token=token).status == 200
    served.at += tokens.ROTATION_OVERLAP
    assert served.ask("GET", "/priorities", token=old).status == 401
    assert served.ask("GET", "/priorities", token=new).status == 200
    tokens.revoke(connection, new.split("_")[1], served.at)
    assert served.ask("GET", "/priorities", token=new).status == 401


def test_nothing_that_lets_anybody_in_stands_in_the_store(served: Any) -> None:
    with_person(served)
    token = served.token("assess")
    _, answer = cookies(served)
    secrets = (PASSWORD, token.split("_", 2)[2], answer.cookies["everycall_session"].value)
    force = served.ground.force()
    kept = "".join(
        str(build.rows(force, f"SELECT * FROM {table}")) for table in ("account", "signed_in", "system_token")
    )
    assert [secret for secret in secrets if secret in kept] == []
    assert "argon2id" in kept


def test_the_first_is_an_administrator_and_the_last_stays_one(served_on_sqlite: Any) -> None:
    connection = served_on_sqlite.connection()
    with pytest.raises(InputError):
        people.add(connection, "maria", "handler", build.NOW, PASSWORD)
    assert people.add(connection, "maria", None, build.NOW, PASSWORD).role == "administrator"
    with pytest.raises(InputError):
        people.change(connection, "maria", role="handler")
    with pytest.raises(InputError):
        people.close(connection, "maria", build.NOW)


@pytest.mark.parametrize(
    "password",
    ["short one 1", "x" * 129, "password1234", "aaaaaaaabbbb", "c7214 and more words"],
    ids=["short", "long", "common", "few-characters", "name"],
)
def test_weak_passwords_are_refused_with_the_reason_and_not_repeated(password: str) -> None:
    problems = list(problems_of_password(password, "c7214"))
    assert problems != []
    assert all(password not in str(one) for one in problems)


def test_every_answer_tells_the_browser_to_load_nothing_from_elsewhere(served_on_sqlite: Any) -> None:
    for path in ("/health", "/nothing", "/session"):
        headers = served_on_sqlite.ask("GET", path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


def test_djangos_own_deployment_checks_find_nothing_behind_tls(
    served_on_sqlite: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(
        "DJANGO_ALLOW_ASYNC_UNSAFE", raising=False
    )  # set while pages are driven in this process
    from django.core.checks import run_checks

    from everycall.serving import ground

    served_on_sqlite.ground.through_tls = True
    ground.stand_on(served_on_sqlite.ground)
    try:
        assert [str(one) for one in run_checks(include_deployment_checks=True)] == []
        answer = served_on_sqlite.ask("GET", "/health")
        assert answer.status == 301
    finally:
        served_on_sqlite.ground.through_tls = False
        ground.stand_on(served_on_sqlite.ground)


def test_behind_tls_the_cookie_is_this_hosts_alone_and_lets_its_person_in(served_on_sqlite: Any) -> None:
    from django.test import Client

    from everycall.serving import ground

    served = served_on_sqlite
    with_person(served)
    served.ground.through_tls = True
    ground.stand_on(served.ground)
    try:
        client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
        body = {"name": "maria", "password": PASSWORD}
        answer = client.post("/api/v1/session", body, content_type="application/json", secure=True)
        cookie = answer.cookies["__Host-everycall_session"]
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
        assert client.get("/api/v1/session", secure=True).json()["name"] == "maria"
        token = {"X-CSRFToken": answer.json()["csrf_token"], "Referer": "https://localhost/"}
        assert client.delete("/api/v1/session", headers=token, secure=True).status_code == 204
        assert client.get("/api/v1/session", secure=True).status_code == 401
        old = Client(SERVER_NAME="localhost")
        old.cookies["everycall_session"] = cookie.value
        assert old.get("/api/v1/session", secure=True).status_code == 401
    finally:
        served.ground.through_tls = False
        ground.stand_on(served.ground)
