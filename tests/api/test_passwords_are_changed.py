"""People change their own password: it needs the old one, and ends every session, a stolen one too."""

from __future__ import annotations

from typing import Any

import pytest

from everycall.accounts import people, sessions, signing_in

OLD, NEW = "larks over the fen 7", "herons in the reeds 9"


@pytest.fixture
def keys(served: Any) -> tuple[Any, str, str]:
    """Return a served force with a person who is signed in at two screens."""
    connection = served.connection()
    person = people.add(connection, "maria", None, served.at, OLD)
    return served, *(sessions.begin(connection, person, served.at) for _ in range(2))  # type: ignore[return-value]


def change(served: Any, key: str, old: str = OLD, new: str = NEW) -> Any:
    return served.ask("PUT", "/session/password", {"old": old, "new": new}, key=key)


def test_another_password_ends_every_session_and_begins_one_here(keys: Any) -> None:
    served, here, stolen = keys
    answer = change(served, here)
    assert (answer.status, answer.body["name"]) == (200, "maria")
    for key in (here, stolen):
        assert served.ask("GET", "/session", key=key).status == 401
    tries = [served.ask("POST", "/session", {"name": "maria", "password": one}).status for one in (OLD, NEW)]
    assert tries == [401, 200]


def test_a_wrong_old_password_counts_as_a_try_and_changes_nothing(keys: Any) -> None:
    served, here, _ = keys
    for _ in range(signing_in.TRIES):
        assert change(served, here, old="a guess that is wrong").status == 401
    assert change(served, here).status == 401  # locked
    assert served.ask("GET", "/session", key=here).status == 200  # who is signed in goes on
    served.at += signing_in.LOCKED_FOR
    assert change(served, here).status == 200


def test_a_weak_or_the_same_password_is_refused(keys: Any) -> None:
    served, here, _ = keys
    for new in ("short", "password1234", OLD):
        assert (change(served, here, new=new)).code == "unusable_input"
    assert served.ask("GET", "/session", key=here).status == 200


def test_signing_out_everywhere_ends_a_stolen_session(keys: Any) -> None:
    served, here, stolen = keys
    assert served.ask("DELETE", "/session?everywhere=true", key=here).status == 204
    assert served.ask("GET", "/session", key=stolen).status == 401
