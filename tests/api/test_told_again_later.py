"""What was sent once and is sent again, by whoever took it down, brings nothing back that has been overtaken."""

from __future__ import annotations

from typing import Any

import build
from everycall.telling.sending import signed


def test_an_older_telling_lowers_nothing_that_stands(served: Any) -> None:
    token = served.token("assess", "calls")
    first = build.facts(answers={"immediate_danger": "no", "happening_now": "no"}, status="open")
    served.ask("POST", "/assessments", first, token=token)
    danger = {"answers": {"immediate_danger": "yes"}}
    served.ask("PATCH", "/calls/NEW-1", danger, token=token)
    stood = served.ask("GET", "/calls/NEW-1", token=token).body["stands"]
    assert stood["grade"] == "emergency"
    again = served.ask("POST", "/assessments", first, token=token)
    assert again.status == 200
    after = served.ask("GET", "/calls/NEW-1", token=token).body
    told = again.body["recommendation"]
    assert (after["stands"]["grade"], told["grade"]) == ("emergency", "emergency")


def test_the_same_bytes_again_and_again_make_nothing(served: Any) -> None:
    token = served.token("assess")
    for _ in range(3):
        assert served.ask("POST", "/assessments", build.facts(), token=token).status == 200
    force = served.ground.force()
    for table in ("call_version", "assessment_made"):
        assert build.rows(force, f"SELECT COUNT(*) FROM {table}") == [(1,)]


def test_a_webhooks_signature_holds_for_its_own_moment_and_words_alone() -> None:
    secret = "ab" * 32
    one = signed(secret, "id-1", 1_781_000_000, b"{}")
    for other in (
        signed(secret, "id-1", 1_781_000_301, b"{}"),
        signed(secret, "id-2", 1_781_000_000, b"{}"),
        signed(secret, "id-1", 1_781_000_000, b"[]"),
        signed("cd" * 32, "id-1", 1_781_000_000, b"{}"),
    ):
        assert other["Webhook-Signature"] != one["Webhook-Signature"]
