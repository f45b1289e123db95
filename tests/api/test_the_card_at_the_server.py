"""The call screen without a browser, on both databases: begun, typed, decided, approved, matched; the store away."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from test_the_store_is_away import back, going, recorded

import build
from conftest import Served, _sent

__all__ = ["going"]

PECK = {
    "caller.name": "Maureen Peck",
    "caller.phone": "01632 960 114",
    "caller.date_of_birth": "2/3/1951",
    "location.address": "14 Larch Road",
    "location.postcode": "PE13 9ZZ",
}


def live(served: Served, key: str, path: str, body: Any, held: str = "") -> tuple[int, Any]:
    """Send JSON as a page's script does, which has the pieces with these marks."""
    headers = {"Everycall-Live": "1", "Everycall-Held": held}
    said = _sent("POST", path, json.dumps(body).encode(), key, "application/json", headers)
    return said.status_code, json.loads(said.content)


def typed(
    served: Served, key: str, ref: str, changes: Mapping[str, str] | None = None, log: Sequence[str] = ()
) -> Any:
    """Type something on a card."""
    status, told = live(
        served,
        key,
        f"/calls/{ref}/facts",
        {"changes": changes or {}, "log": [{"text": text} for text in log]},
    )
    assert status == 200, told
    return told


def form(served: Served, key: str, path: str, **sent: str) -> tuple[int, Any]:
    """Send a form as a page's script does."""
    answer = served.visit("POST", path, sent, key=key, **{"Everycall-Live": "1"})
    return answer.status, json.loads(answer.body)


def begun(served: Served, ref: str, key: str) -> None:
    """Begin a card."""
    answer = served.visit("POST", "/calls/new", {"ref": ref, "source": "999"}, key=key)
    assert (answer.status, answer.headers["Location"]) == (303, f"/calls/{ref}")


def test_a_call_is_begun_typed_decided_and_approved(served: Served) -> None:
    handler, boss = served.person("c7214", "handler"), served.person("s1", "supervisor")
    served.ask(
        "POST",
        "/assessments",
        build.facts("OLD-1", "2026-06-01T20:00:00+01:00", status="closed"),
        token=served.token("assess"),
    )
    begun(served, "CARD-1", handler)
    told = typed(served, handler, "CARD-1", {**PECK, "answers.targeted": "yes"}, ["LIVES ALONE, TERRIFIED"])
    assert told["fields"]["caller.date_of_birth"] == "02/03/1951"
    assert "<mark" in told["panels"]["log"]
    assert told["say"].startswith("Grade Priority, now by ")
    sent = {
        "seen": told["seen"],
        "grade": "scheduled",
        "attendance": "contact",
        "reason": "resources",
        "seconds": "9",
    }
    status, told = form(served, handler, "/calls/CARD-1/decision", **sent, words="NO CAR", edits="3")
    assert status == 200
    assert "Waits for a supervisor" in told["panels"]["standing"]
    assert "Stands: Priority, now" in told["panels"]["standing"]
    status, told = form(served, boss, "/calls/CARD-1/approval")
    assert status == 200
    assert "Stands: Scheduled, contact" in told["panels"]["standing"]
    (by, words) = build.rows(
        served.ground.force(),
        "SELECT p.body, d.by FROM decision_made d JOIN chain_payload p ON p.entry_id = d.entry ORDER BY d.entry",
    )[0]
    assert words == "c7214"
    kept = json.loads(by)
    assert (kept["words"], kept["seconds_on_screen"], kept["edits"]) == ("NO CAR", 9, 3)


def test_a_supervisor_refuses_and_the_higher_goes_on_to_stand(served: Served) -> None:
    handler, boss = served.person("c7214", "handler"), served.person("s1", "supervisor")
    begun(served, "CARD-2", handler)
    told = typed(served, handler, "CARD-2", {**PECK, "answers.targeted": "yes"}, ["LIVES ALONE, TERRIFIED"])
    sent = {"seen": told["seen"], "grade": "scheduled", "attendance": "contact", "reason": "resources"}
    assert form(served, handler, "/calls/CARD-2/decision", **sent)[0] == 200
    status, told = form(served, boss, "/calls/CARD-2/approval", refuse="1", reason="risk_higher")
    assert status == 200
    assert "Refused by a supervisor" in told["panels"]["standing"]
    assert "Stands: Priority, now" in told["panels"]["standing"]


def test_nobody_decides_on_what_they_have_not_seen_or_without_a_reason(served: Served) -> None:
    handler = served.person("c7214", "handler")
    begun(served, "CARD-3", handler)
    told = typed(served, handler, "CARD-3", PECK)
    status, refused = form(served, handler, "/calls/CARD-3/decision", seen="emergency now None", accept="1")
    assert (status, refused["error"]["code"]) == (409, "changed")
    seen = told["seen"]
    status, refused = form(
        served, handler, "/calls/CARD-3/decision", seen=seen, grade="emergency", attendance="now"
    )
    assert (status, refused["error"]["details"][0]["where"]) == (422, "reason")
    status, refused = form(served, handler, "/calls/CARD-3/decision", seen=seen)
    assert status == 422


def test_the_same_person_or_not_is_kept_and_shown_at_once(served: Served) -> None:
    handler = served.person("c7214", "handler")
    like = {"name": "M Peck", "address": "14 Larch Road", "role": "victim"}
    old = build.facts("OLD-5", "2026-06-01T20:00:00+01:00", caller=like)
    served.ask("POST", "/assessments", old, token=served.token("assess"))
    begun(served, "CARD-4", handler)
    told = typed(
        served,
        handler,
        "CARD-4",
        {**PECK, "caller.address": "14 Larch Road", "caller.postcode": "PE13 9ZZ", "caller.role": "victim"},
    )
    assert "The same person as in OLD-5?" in told["panels"]["first_line"]
    status, told = form(served, handler, "/calls/CARD-4/same", other="OLD-5", same="yes")
    assert status == 200
    assert "The same person as in OLD-5?" not in told["panels"]["first_line"]
    assert "confirmed" in told["panels"]["first_line"]
    assert form(served, handler, "/calls/CARD-4/same", other="OLD-5", same="perhaps")[0] == 422
    assert form(served, handler, "/calls/CARD-4/same", other="NOT-THERE", same="yes")[0] == 404


def test_two_cards_without_a_reference_get_two(served: Served) -> None:
    handler = served.person("c7214", "handler")
    made = {served.visit("POST", "/calls/new", {}, key=handler).headers["Location"] for _ in range(2)}
    assert len(made) == 2
    assert all(re.fullmatch(r"/calls/EC-20260612-2105-[0-9A-F]{8}", one) for one in made)


def test_a_known_reference_is_opened_as_it_stands(served: Served) -> None:
    handler = served.person("c7214", "handler")
    begun(served, "CARD-5", handler)
    typed(served, handler, "CARD-5", PECK)
    begun(served, "CARD-5", served.person("c2", "handler"))
    page = served.visit("GET", "/calls/CARD-5", key=handler).body
    assert 'value="Maureen Peck"' in page
    assert "taken by c7214" in page


def test_text_of_callers_is_never_markup(served: Served) -> None:
    handler = served.person("c7214", "handler")
    begun(served, "CARD-6", handler)
    evil = "<script>alert(1)</script>"
    told = typed(
        served,
        handler,
        "CARD-6",
        {"caller.name": f'"{evil}', "answers.targeted": "yes"},
        [f"LIVES ALONE {evil}"],
    )
    page = served.visit("GET", "/calls/CARD-6", key=handler).body
    assert evil not in page
    assert evil not in "".join(told["panels"].values())


def test_the_same_card_goes_on_while_the_store_is_away(going: Any, monkeypatch: Any) -> None:
    made, go, come = going
    handler = made.person("c7214", "handler")
    begun(made, "CARD-7", handler)
    typed(made, handler, "CARD-7", {"caller.name": "Maureen Peck"})
    go()
    told = typed(made, handler, "CARD-7", {"answers.immediate_danger": "yes"}, ["HE IS AT THE DOOR"])
    assert told["recorded"] is False
    assert "Not recorded yet" in told["panels"]["notices"]
    assert "Emergency" in told["say"]
    page = made.visit("GET", "/calls/CARD-7", key=handler)
    assert page.status == 200
    assert "HE IS AT THE DOOR" in page.body
    answer = made.visit("POST", "/calls/new", {"ref": "CARD-8"}, key=handler)
    assert answer.status == 303
    assert made.visit("GET", "/calls/CARD-8", key=handler).status == 200
    assert back(made, come, monkeypatch) >= 2
    told = typed(made, handler, "CARD-7")
    assert told["recorded"] is True
    assert told["fields"] == {
        "source": "999",
        "caller.name": "Maureen Peck",
        "answers.immediate_danger": "yes",
    }
    assert "CARD-8" in {ref for ref, _ in recorded(made)}


def test_a_force_that_asks_why_asks_it_here_of_all_but_who_took_the_call(served: Served) -> None:
    handler, boss = served.person("c7214", "handler"), served.person("s1", "supervisor")
    begun(served, "CARD-9", handler)
    typed(served, handler, "CARD-9", PECK)
    served.ground.justification = "required"
    assert "Maureen Peck" in served.visit("GET", "/calls/CARD-9", key=handler).body
    asked = served.visit("GET", "/calls/CARD-9", key=boss).body
    assert "Maureen Peck" not in asked
    assert "Why do you need to see it?" in asked
    assert served.visit("POST", "/calls/CARD-9/look", {"why": " "}, key=boss).status == 422
    assert (
        "Maureen Peck" in served.visit("POST", "/calls/CARD-9/look", {"why": "handing over"}, key=boss).body
    )


def test_a_piece_that_the_page_has_as_it_is_is_not_sent_again(served: Served) -> None:
    handler = served.person("c7214", "handler")
    begun(served, "HELD-1", handler)
    first = typed(served, handler, "HELD-1", PECK)
    assert set(first["panels"]) == set(first["marks"])
    held = " ".join(f"{name}={mark}" for name, mark in first["marks"].items())
    sent = {"changes": {}, "log": [{"text": "LIVES ALONE, TERRIFIED"}]}
    status, told = live(served, handler, "/calls/HELD-1/facts", sent, held=held)
    assert status == 200
    changed = {name for name, mark in told["marks"].items() if first["marks"][name] != mark}
    assert set(told["panels"]) == changed
    assert "log" in changed
    assert "timeline" not in changed
