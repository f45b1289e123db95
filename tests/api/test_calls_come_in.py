"""A call comes in through the API: assessed, recorded, told more of, decided on; each told again makes nothing."""

from __future__ import annotations

from typing import Any

import build
from everycall.store import reference
from everycall.store.writing import writing

ALL = ("assess", "calls", "decide", "match", "priorities")
MERGE = "application/merge-patch+json"


def counted(served: Any, table: str) -> int:
    return int(build.rows(served.ground.force(), f"SELECT COUNT(*) FROM {table}")[0][0])


def test_a_call_in_is_an_assessment_out_and_is_kept(served: Any) -> None:
    answer = served.ask("POST", "/assessments", build.facts(), token=served.token("assess"))
    assert answer.status == 200
    assert answer.body["call_ref"] == "NEW-1"
    assert [one["part"] for one in answer.body["problems"]] == ["repeat"]
    assert answer.body["recommendation"]["grade"]
    assert counted(served, "call") == 1
    assert counted(served, "assessment_made") == 1


def test_a_ref_with_slashes_in_it_is_a_call_like_any_other(served: Any) -> None:
    """Many forces write 0431/12JUN; a server hands on an escaped slash as a plain one."""
    token = served.token("assess", "calls", "decide")
    for ref, at in (("0431/12JUN", "0431%2F12JUN"), ("0432/12JUN/A", "0432/12JUN/A")):
        served.ask("POST", "/assessments", build.facts(ref=ref), token=token)
        more = {"answers": {"targeted": "yes"}}
        told = served.ask("PATCH", f"/calls/{at}", more, token=token, content_type=MERGE)
        assert (told.status, told.body["call_ref"]) == (200, ref)
        decided = served.ask("POST", f"/calls/{at}/decision", {"accepted": True, "by": "C7214"}, token=token)
        assert decided.status == 200
        assert decided.body["accepted"] is True
        assert served.ask("GET", f"/calls/{at}", token=token).body["ref"] == ref


def test_the_same_call_again_makes_nothing(served: Any) -> None:
    token = served.token("assess")
    first = served.ask("POST", "/assessments", build.facts(), token=token)
    again = served.ask("POST", "/assessments", build.facts(), token=token)
    assert again.body["version"] == first.body["version"] == 1
    assert counted(served, "call_version") == 1
    links = counted(served, "assessment_made")
    served.ask("POST", "/assessments", build.facts(), token=token)
    assert counted(served, "assessment_made") == links


def test_a_patch_adds_facts_and_lines_and_takes_back_what_is_null(served: Any) -> None:
    token = served.token("assess", "calls", "words")
    served.ask("POST", "/assessments", build.facts(answers={"targeted": "yes"}), token=token)
    more = {
        "answers": {"happening_now": "yes", "targeted": None},
        "category": None,
        "log": [{"text": "NOW AT THE DOOR"}, {"text": "YOUTHS SHOUTING IN THE STREET"}],
    }
    answer = served.ask("PATCH", "/calls/NEW-1", more, token=token, content_type=MERGE)
    assert answer.status == 200
    call = served.ask("GET", "/calls/NEW-1", token=token).body["call"]
    assert call["answers"] == {"happening_now": "yes"}
    assert "category" not in call
    assert [line["text"] for line in call["log"]] == ["YOUTHS SHOUTING IN THE STREET", "NOW AT THE DOOR"]


def test_a_patch_that_only_takes_back_keeps_what_was_read_in_the_log(served: Any) -> None:
    token = served.token("assess")
    served.ask("POST", "/assessments", build.facts(), token=token)
    answer = served.ask("PATCH", "/calls/NEW-1", {"source": None}, token=token, content_type=MERGE)
    assert answer.status == 200
    query = (
        "SELECT COUNT(*) FROM words_read w JOIN call_version v ON v.id = w.call_version_id "
        "WHERE v.known_until IS NULL"
    )
    assert build.rows(served.ground.force(), query) == [(1,)]


def test_a_patch_of_another_ref_or_of_no_call_is_refused(served: Any) -> None:
    token = served.token("assess")
    served.ask("POST", "/assessments", build.facts(), token=token)
    assert served.ask("PATCH", "/calls/NEW-1", {"ref": "NEW-2"}, token=token).status == 422
    assert served.ask("PATCH", "/calls/NEW-1", {"received_at": None}, token=token).status == 422
    missing = served.ask("PATCH", "/calls/NEW-9", {"answers": {}}, token=token)
    assert (missing.status, missing.code) == (404, "not_found")


def test_every_problem_of_a_call_is_told_at_once_and_nothing_is_kept(served: Any) -> None:
    wrong = build.facts(source="fax", categroy="crime")
    answer = served.ask("POST", "/assessments", wrong, token=served.token("assess"))
    assert (answer.status, answer.code) == (422, "unusable_input")
    assert {detail["where"] for detail in answer.body["error"]["details"]} == {"source", "categroy"}
    assert counted(served, "call") == 0


def test_a_decision_is_recorded_with_whom_a_system_names(served: Any) -> None:
    token = served.token(*ALL)
    served.ask("POST", "/assessments", build.facts(), token=token)
    assert served.ask("POST", "/calls/NEW-1/decision", {"accepted": True}, token=token).status == 422
    told = {"accepted": True, "by": "C7214"}
    first = served.ask("POST", "/calls/NEW-1/decision", told, token=token)
    assert (first.status, first.body["accepted"]) == (200, True)
    again = served.ask("POST", "/calls/NEW-1/decision", told, token=token)
    assert again.body["link"] == first.body["link"]
    assert served.ask("GET", "/calls/NEW-1", token=token).body["decision"]["by"] == "C7214"


def test_lowering_waits_for_a_supervisor_who_is_signed_in(served: Any) -> None:
    token = served.token(*ALL)
    facts = build.facts(answers={"personal_circumstances": "yes", "targeted": "yes"}, status="open")
    served.ask("POST", "/assessments", facts, token=token)
    lower = {"grade_given": "resolution_without_deployment", "attendance": "none", "reason": "resources"}
    handler, supervisor = served.person("c7214", "handler"), served.person("s1", "supervisor")
    decided = served.ask("POST", "/calls/NEW-1/decision", lower, key=handler)
    assert decided.body["awaits_supervisor"] != []
    assert decided.body["stands"]["grade"] != "resolution_without_deployment"
    assert served.ask("POST", "/calls/NEW-1/decision/approval", {}, key=handler).status == 403
    approved = served.ask("POST", "/calls/NEW-1/decision/approval", {}, key=supervisor)
    assert approved.body["stands"]["grade"] == "resolution_without_deployment"


def test_a_word_that_two_calls_are_one_human_is_kept_once(served: Any) -> None:
    token = served.token(*ALL)
    for ref in ("NEW-1", "NEW-2"):
        served.ask("POST", "/assessments", build.facts(ref), token=token)
    said = {"ref_a": "NEW-1", "ref_b": "NEW-2", "same": True, "by": "C7214"}
    for _ in range(2):
        assert served.ask("POST", "/matches", said, token=token).status == 200
    assert counted(served, "same_person") == 1
    assert served.ask("POST", "/matches", {**said, "ref_b": "NEW-9"}, token=token).status == 404
    assert served.ask("POST", "/matches", {**said, "ref_b": "NEW-1"}, token=token).status == 422


def test_priorities_come_in_pages(served: Any) -> None:
    force = served.ground.force()
    with writing(force.store.connection):
        some = [(f"P-{number}", f'{{"id": "P-{number}"}}') for number in range(5)]
        reference.take_priorities(force.store.connection, some, build.KNOWN)
    token, seen, after = served.token("priorities"), [], ""
    while after is not None:
        page = served.ask("GET", f"/priorities?limit=2&after={after}", token=token).body
        seen += [one["id"] for one in page["items"]]
        after = page["next"]
    assert seen == ["P-0", "P-1", "P-2", "P-3", "P-4"]


def test_a_card_says_who_lowered_what_was_held_before_anything_else_is_told(served: Any) -> None:
    token = served.token(*ALL)
    danger = build.facts(answers={"immediate_danger": "yes"})
    served.ask("POST", "/assessments", danger, token=token)
    served.ask(
        "PATCH", "/calls/NEW-1", {"answers": {"immediate_danger": "no"}}, token=token, content_type=MERGE
    )
    lower = {"grade_given": "scheduled", "attendance": "contact", "reason": "facts_changed", "by": "C7214"}
    served.ask("POST", "/calls/NEW-1/decision", lower, token=token)
    made = served.ask("GET", "/calls/NEW-1", token=token).body["assessment"]["recommendation"]
    (held,) = [one["text"] for one in made["reasons"] if one["code"] in ("held", "was_held")]
    assert "the earlier recommendation was held until C7214 lowered it to Scheduled, contact" in held
