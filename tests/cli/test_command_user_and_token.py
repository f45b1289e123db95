"""``everycall user`` and ``everycall token``: who may come in; a secret is told once or never."""

from __future__ import annotations

from command import run

PASSWORD = "a long walk by the canal\n"


def test_the_first_person_is_an_administrator_and_the_next_needs_a_role(store: str) -> None:
    first = run("user", "add", "bo", "--password-stdin", "--store", store, stdin=PASSWORD)
    assert (first.exit, first.out) == (0, "")
    assert "administrator" in first.err
    assert PASSWORD.strip() not in first.err
    refused = run("user", "add", "al", "--password-stdin", "--store", store, stdin=PASSWORD)
    assert refused.exit == 2
    assert "role" in refused.err
    added = run(
        "user", "add", "al", "--role", "handler", "--password-stdin", "--store", store, stdin=PASSWORD
    )
    assert added.exit == 0
    listed = run("user", "list", "--store", store).out.splitlines()
    assert sorted(listed) == ["al\thandler\t\topen", "bo\tadministrator\t\topen"]


def test_a_person_changes_and_goes_and_stays_in_the_list(store: str) -> None:
    run("user", "add", "bo", "--password-stdin", "--store", store, stdin=PASSWORD)
    more = ("--role", "handler", "--password-stdin", "--store", store)
    run("user", "add", "al", *more, stdin=PASSWORD)
    assert run("user", "change", "al", "--role", "supervisor", "--store", store).exit == 0
    assert "al\tsupervisor\t\topen" in run("user", "list", "--store", store).out
    assert run("user", "close", "al", "--store", store).exit == 0
    assert "al\tsupervisor\t\tclosed" in run("user", "list", "--store", store).out
    assert run("user", "close", "nobody", "--store", store).exit == 2


def test_without_a_terminal_the_password_must_be_sent(sqlite_store: str) -> None:
    refused = run("user", "add", "bo", "--store", sqlite_store)
    assert refused.exit == 2
    assert "--password-stdin" in refused.err
    assert run("user", "list", "--store", sqlite_store).out == ""


def test_a_token_is_told_once_rotated_and_revoked(store: str) -> None:
    made = run("token", "add", "STORM", "--scope", "assess", "--days", "30", "--store", store)
    assert made.exit == 0
    secret = made.out.strip()
    line = run("token", "list", "--store", store).out
    assert secret not in line
    label, system, scopes, _until = line.strip().split("\t")
    assert (system, scopes) == ("STORM", "assess")
    other = run("token", "rotate", label, "--store", store)
    assert other.out.strip() not in ("", secret)
    assert len(run("token", "list", "--store", store).out.splitlines()) == 2
    assert run("token", "revoke", label, "--store", store).exit == 0
    states = {
        one.split("\t")[0]: one.split("\t")[3]
        for one in run("token", "list", "--store", store).out.splitlines()
    }
    assert states[label] == "revoked"
    assert "revoked" not in [state for name, state in states.items() if name != label]


def test_what_no_token_can_be_is_refused_with_what_is_allowed(sqlite_store: str) -> None:
    refused = run("token", "add", "STORM", "--scope", "everything", "--store", sqlite_store)
    assert refused.exit == 2
    assert "assess" in refused.err
    assert run("token", "revoke", "no-such-label", "--store", sqlite_store).exit == 2
