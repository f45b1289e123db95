"""Signing in at the force's own provider: a real OpenID Connect provider, as a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from conftest import serve
from everycall.accounts import people, provider
from everycall.accounts.provider import Provider
from everycall.errors import InputError

BACK = "/sign-in/provider/back"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the provider."""
    said = tmp_path_factory.mktemp("provider") / "said"
    command = [str(Path(sys.executable).with_name("oidc-provider-mock")), "--port", "0", "-n", "true"]
    with said.open("wb") as out:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=out)
    until = time.monotonic() + 120
    while not (listens := re.search(r"running on http://127\.0\.0\.1:(\d+)", said.read_text("utf-8"))):
        assert process.poll() is None, said.read_text("utf-8")
        assert time.monotonic() < until, said.read_text("utf-8")
        time.sleep(0.05)
    yield f"http://localhost:{listens[1]}"
    process.terminate()
    process.wait(timeout=120)


@pytest.fixture
def served(issuer: str, sqlite_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Serve a force that has a provider, and one person who has an account at both."""
    for limit in ("_SECONDS", "_CLOCKS_DIFFER_SECONDS"):  # the clock of a test stands nearly still
        monkeypatch.setattr(provider, limit, 600)
    made = serve(sqlite_store, tmp_path / "aside")
    made.at = datetime.now(UTC)
    made.ground.provider = Provider(issuer, "everycall", "a secret")
    made.person("c7214", "handler")
    people.add(made.connection(), "s1", "supervisor", made.at, subject=f"{issuer} sub-s1")
    yield made
    made.ground.let_go()


def browser() -> Any:
    from django.test import Client

    return Client(SERVER_NAME="localhost")


def at_provider(client: Any, **form: str) -> str:
    """Go to the provider, sign in there, and return where it sends the browser back to."""
    gone = client.get("/sign-in/provider")
    assert gone.status_code == 302
    answer = requests.post(gone["Location"], data=form, allow_redirects=False, timeout=120)
    assert answer.status_code == 302
    came_back = answer.headers["Location"]
    return came_back[came_back.index(BACK) :]


def test_who_has_an_account_at_both_is_signed_in(served: Any) -> None:
    client = browser()
    back = client.get(at_provider(client, sub="sub-s1"))
    assert back.status_code == 200
    assert client.get("/api/v1/session").json()["name"] == "s1"
    assert back.cookies["everycall_session"]["samesite"] == "Strict"


def test_who_has_none_here_is_refused(served: Any) -> None:
    client = browser()
    back = client.get(at_provider(client, sub="sub-unknown"))
    assert back.status_code == 403
    assert b"an administrator can add you" in back.content
    assert client.get("/api/v1/session").status_code == 401


def test_a_closed_account_is_refused(served: Any) -> None:
    people.close(served.connection(), "s1", served.at)
    client = browser()
    assert client.get(at_provider(client, sub="sub-s1")).status_code == 403


def test_coming_back_twice_or_in_another_browser_signs_nobody_in(served: Any) -> None:
    client, thief = browser(), browser()
    where = at_provider(client, sub="sub-s1")
    assert thief.get(where).status_code == 401
    assert client.get(where).status_code == 200
    assert client.get(where).status_code == 401


def test_another_state_and_a_refusal_at_the_provider_sign_nobody_in(served: Any) -> None:
    client = browser()
    asked = parse_qs(urlsplit(at_provider(client, sub="sub-s1")).query)
    wrong = urlencode({"code": asked["code"][0], "state": "x"})
    assert client.get(f"{BACK}?{wrong}").status_code == 401
    assert browser().get(f"{BACK}?error=access_denied").status_code == 401


def test_what_is_old_or_meant_for_another_does_not_fit(served: Any) -> None:
    client = browser()
    where = at_provider(client, sub="sub-s1")
    served.at += timedelta(days=2)
    assert client.get(where).status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "x"},
        {"aud": "another"},
        {"iss": "https://another.example"},
        {"azp": "another"},
        {"sub": ""},
        {"exp": 0},
    ],
    ids=["nonce", "audience", "issuer", "party", "subject", "expired"],
)
def test_every_claim_must_fit(change: dict[str, Any]) -> None:
    from everycall.accounts.provider import ProviderError

    now = datetime(2026, 6, 1, tzinfo=UTC)
    ours = Provider("https://login.force.example", "everycall", None)
    at = int(now.timestamp())
    claims = {
        "iss": "https://login.force.example",
        "aud": ["everycall"],
        "sub": "s1",
        "nonce": "n",
        "iat": at,
        "exp": at + 300,
    }
    ours._fits(claims, "n", now)
    with pytest.raises(ProviderError):
        ours._fits({**claims, **change}, "n", now)


def test_a_provider_that_is_away_is_told_as_such(served: Any) -> None:
    served.ground.provider = Provider("http://localhost:1", "everycall", None)
    gone = browser().get("/sign-in/provider")
    assert gone.status_code == 503
    assert b"provider_away" in gone.content


def test_without_a_provider_there_is_no_such_page(served: Any) -> None:
    served.ground.provider = None
    assert browser().get("/sign-in/provider").status_code == 404
    assert browser().get(BACK).status_code == 404


def test_a_provider_without_tls_is_refused() -> None:
    with pytest.raises(InputError):
        Provider("http://login.force.example", "everycall", None)
