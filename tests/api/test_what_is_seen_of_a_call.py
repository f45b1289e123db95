"""What may not be seen is not in the answer: by role, class of data, relation to the call, conflict and protection."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import build
from everycall.access import conflicts
from everycall.access.protected import evidence_without_addresses
from everycall.accounts import people
from everycall.flag import Flag
from everycall.loading.files import load_priorities
from everycall.priorities.reading import read_priorities
from everycall.record.chain import verify
from everycall.store import record, reference
from everycall.store.writing import writing

LOG = [
    {"text": "SHE HAS DEMENTIA AND IS PREGNANT, EX PARTNER HITS HER, SCARED TO LEAVE 14 LARCH ROAD"},
    {"text": "HE IS OUTSIDE WITH A KNIFE"},
]
FACTS = {"log": LOG, "status": "open", "district": "fenland", "answers": {"hate": "yes"}}
PERSONAL = ("Maureen", "Peck", "960 114", "Larch", "PE13", "1951", "DEMENTIA", "HITS HER", "KNIFE")


def taken(served: Any, ref: str = "NEW-1", **more: Any) -> Any:
    token = served.token("assess", system="CAD")
    answer = served.ask("POST", "/assessments", build.facts(ref, **{**FACTS, **more}), token=token)
    assert answer.status == 200
    return answer


def seen(served: Any, ref: str = "NEW-1", **who: str) -> str:
    answer = served.ask("GET", f"/calls/{ref}", **who)
    assert answer.status == 200
    return json.dumps(answer.body)


def heard(body: str) -> dict[str, str]:
    """Return the words of each fact."""
    return {one["fact"]: one["evidence"]["text"] for one in json.loads(body)["assessment"]["heard"]}


def indicators(body: str) -> set[str]:
    return {one["indicator"] for one in json.loads(body)["assessment"]["vulnerability"]["findings"]}


def test_a_system_gets_codes_and_no_words(served: Any) -> None:
    answer = taken(served)
    assert "mental_ill_health" in json.dumps(answer.body) or "domestic_abuse" in json.dumps(answer.body)
    told = seen(served, token=served.token("calls"))
    for personal in PERSONAL:
        assert personal not in told
    assert "DEMENTIA" not in json.dumps(answer.body)
    assert heard(told)["weapon_or_violence_now"] == ""


def a_priority_round(served: Any, latitude: float) -> None:
    area = {"name": "Larch", "latitude": latitude, "longitude": 0.16, "radius_m": 900}
    priority = {
        "id": "P-1", "title": "Evenings", "places": [area], "status": "active", "agreed_on": "2026-01-01",
        "starts_on": "2026-01-01", "owner": "Sergeant", "agreed_by": "panel",
    }  # fmt: skip
    with writing(served.connection()):
        reference.take_places(served.connection(), [("postcode:PE13 9ZZ", 52.66, 0.1605)], build.KNOWN)
    load_priorities(read_priorities([priority], "priorities", None), served.ground.force(), build.KNOWN)
    taken(served)


def told_of_priorities(served: Any, *scopes: str) -> Any:
    return json.loads(seen(served, token=served.token(*scopes)))["assessment"]["priorities"]


def test_where_a_priority_applies_is_told_without_the_address(served_on_sqlite: Any) -> None:
    served = served_on_sqlite
    a_priority_round(served, latitude=52.66)
    told = told_of_priorities(served, "calls")
    assert [one["id"] for one in told["matches"]] == ["P-1"]
    assert "postcode's centre" in json.dumps(told)
    assert "PE13" not in json.dumps(told)


def test_by_how_many_metres_a_priority_was_missed_is_told_to_who_may_know_where_it_is(
    served_on_sqlite: Any,
) -> None:
    a_priority_round(served_on_sqlite, latitude=52.67)
    (with_words,) = told_of_priorities(served_on_sqlite, "calls", "words")["near_misses"]
    assert " m outside " in with_words["missed"]
    (in_codes,) = told_of_priorities(served_on_sqlite, "calls")["near_misses"]
    assert in_codes == {"id": "P-1", "title": "Evenings", "missed": "", "because": []}


def test_a_system_with_words_gets_them(served_on_sqlite: Any) -> None:
    taken(served_on_sqlite)
    told = seen(served_on_sqlite, token=served_on_sqlite.token("calls", "words"))
    assert "DEMENTIA" in told
    assert "KNIFE" in heard(told)["weapon_or_violence_now"]


def test_a_handler_sees_an_open_call_whole_and_a_closed_one_as_codes(served_on_sqlite: Any) -> None:
    served = served_on_sqlite
    taken(served)
    key = served.person("c7214", "handler")
    assert "Maureen Peck" in seen(served, key=key)
    taken(served, status="closed", closed_as="advice")
    told = seen(served, key=key)
    for personal in PERSONAL:
        assert personal not in told
    assert indicators(told) == set()


def test_a_neighbourhood_officer_sees_their_district_without_health_and_abuse(served_on_sqlite: Any) -> None:
    served = served_on_sqlite
    taken(served)
    own, other = (
        served.person("n1", "neighbourhood_officer", "fenland"),
        served.person("n2", "neighbourhood_officer", "city"),
    )
    told = seen(served, key=own)
    assert "Maureen Peck" in told
    assert indicators(told) & {"domestic_abuse", "mental_ill_health", "pregnancy"} == set()
    assert "hate_motivation" in indicators(told)
    assert json.loads(told)["assessment"]["harm"]["parts"] == []
    assert json.loads(told)["assessment"]["recommendation"]["rationale"] == ""
    assert heard(told) == {}
    assert "Maureen" not in seen(served, key=other)


def test_a_protected_address_is_told_to_nobody_not_even_by_the_log(served: Any) -> None:
    taken(served)
    flag = Flag.model_validate(
        {
            "kind": "protected_address",
            "about": {"name": "Maureen Peck", "date_of_birth": "1951-03-02"},
            "source": "Athena",
            "recorded_on": date(2026, 1, 5).isoformat(),
        }
        | {"about": {"address": "14 Larch Road", "postcode": "PE13 9ZZ"}}
    )
    connection = served.connection()
    with writing(connection):
        reference.take_flags(connection, [flag], build.KNOWN)
    told = seen(served, key=served.person("s1", "supervisor"))
    assert "Maureen Peck" in told
    assert "PE13" not in told
    assert "larch" not in json.dumps(json.loads(told)["call"]).lower()
    assert "protected address" in told


def test_the_words_of_a_finding_do_not_repeat_a_protected_address() -> None:
    call = {"victims": [{"address": "14 Larch Road", "postcode": "PE13 9ZZ"}], "location": None}
    finding = {"evidence": {"line": 0, "text": "SCARED AT 14, LARCH  ROAD pe139zz"}}
    body = {
        "vulnerability": {"findings": [finding, {"evidence": None}], "about_others": [finding]},
        "heard": [finding],
    }
    told = evidence_without_addresses(body, call, ["victim 0", "location"])
    expected = {"evidence": {"line": 0, "text": "SCARED AT [protected address] [protected address]"}}
    assert told["vulnerability"] == {"findings": [expected, {"evidence": None}], "about_others": [expected]}
    assert told["heard"] == [expected]
    assert evidence_without_addresses(body, call, []) == body


def test_somebody_in_conflict_sees_nothing_until_they_break_the_glass(served: Any) -> None:
    taken(served)
    key, supervisor = served.person("c7214", "handler"), served.person("s1", "supervisor")
    account = people.known(served.connection(), "c7214").number
    party = {"address": "14 Larch Road", "postcode": "PE13 9ZZ"}
    conflicts.add(served.connection(), account, party, "neighbour", served.at)
    refused = served.ask("GET", "/calls/NEW-1", key=key)
    assert (refused.status, refused.code) == (403, "conflict")
    assert served.ask("POST", "/calls/NEW-1/broken-glass", {"why": "short"}, key=key).status == 422
    why = {"why": "nobody else is on duty tonight"}
    assert served.ask("POST", "/calls/NEW-1/broken-glass", why, key=key).status == 204
    assert "Maureen" in seen(served, key=key)
    (alert,) = served.ask("GET", "/alerts?unseen=true", key=supervisor).body["items"]
    assert (alert["by"], alert["ref"], alert["why"]) == ("c7214", "NEW-1", why["why"])
    assert served.ask("POST", f"/alerts/{alert['number']}/seen", key=supervisor).status == 204
    assert served.ask("GET", "/alerts?unseen=true", key=supervisor).body["items"] == []
    served.at += conflicts.GLASS_STAYS_BROKEN
    assert served.ask("GET", "/calls/NEW-1", key=key).status in (401, 403)


def test_somebody_in_conflict_who_takes_the_call_is_told_nothing_of_earlier_ones(
    served_on_sqlite: Any,
) -> None:
    served = served_on_sqlite
    log = [{"text": "SHE HAS DEMENTIA AND LIVES ALONE"}]
    build.take(served.ground.force(), build.call("OLD-1", received_at="2026-06-07T21:04:00+01:00", log=log))
    key = served.person("c7214", "handler")
    whole = served.ask("POST", "/assessments", build.facts("NEW-1"), key=key)
    assert [one["ref"] for one in whole.body["repeat"]["incidents"]] == ["OLD-1"]
    assert "7 June" in json.dumps(whole.body["ask_next"])
    assert "earlier incident" in whole.body["recommendation"]["rationale"]
    account = people.known(served.connection(), "c7214").number
    conflicts.add(served.connection(), account, {"phone": "01632 960 114"}, "party", served.at)
    told = served.ask("POST", "/assessments", build.facts("NEW-2"), key=key)
    assert told.status == 200
    repeat, recommended = told.body["repeat"], told.body["recommendation"]
    assert repeat["incidents"] == []
    assert (repeat["status"], repeat["is_repeat"]) == ("could_not_look", "unknown")
    counts = ("person", "household", "place", "phone", "burst")
    assert {repeat[name]["status"] for name in counts} == {"could_not_look"}
    for earlier in ("OLD-1", "2026-06-07", "7 June", "dementia", "earlier incident", "suffered before"):
        assert earlier not in json.dumps({**told.body, "repeat": {**repeat, "searched": None}}), earlier
    for name in ("grade", "attendance", "respond_by", "resources", "actions"):
        assert recommended[name] == whole.body["recommendation"][name]


def test_somebody_in_conflict_is_told_that_a_flag_is_in_force_and_not_its_words(
    served_on_sqlite: Any,
) -> None:
    served = served_on_sqlite
    flag = {"kind": "warning", "text": "Dog bit an officer", "source": "Athena", "recorded_on": "2026-01-05"}
    about = {"address": "14 Larch Road", "postcode": "PE13 9ZZ"}
    with writing(served.connection()):
        told_flag = Flag.model_validate({**flag, "about": about})
        reference.take_flags(served.connection(), [told_flag], build.KNOWN)
    key = served.person("c7214", "handler")
    (notice,) = served.ask("POST", "/assessments", build.facts("NEW-1"), key=key).body["notices"]
    assert (notice["kind"], notice["text"]) == ("warning", "Dog bit an officer")
    account = people.known(served.connection(), "c7214").number
    conflicts.add(served.connection(), account, {"phone": "01632 960 114"}, "party", served.at)
    (notice,) = served.ask("POST", "/assessments", build.facts("NEW-2"), key=key).body["notices"]
    assert (notice["kind"], notice["text"]) == ("warning", None)


def test_nobody_opens_a_closed_call_by_telling_something_of_it(served_on_sqlite: Any) -> None:
    served = served_on_sqlite
    taken(served, status="closed", closed_as="advice")
    key = served.person("c7214", "handler")
    for method, path, body in (
        (
            "POST",
            "/assessments",
            {"ref": "NEW-1", "received_at": build.facts()["received_at"], "status": "open"},
        ),
        ("PATCH", "/calls/NEW-1", {"handler": "c7214"}),
    ):
        taken(served, status="closed", handler="C1", closed_as="advice")
        answer = served.ask(method, path, body, key=key)
        assert answer.status == 200
        assert "DEMENTIA" not in json.dumps(answer.body)
        assert answer.body["vulnerability"]["findings"] == []


def test_nobody_steps_around_a_conflict_by_naming_the_call_alone(served_on_sqlite: Any) -> None:
    served = served_on_sqlite
    build.take(served.ground.force(), build.call("OLD-1", received_at="2026-06-01T21:04:00+01:00"))
    taken(served)
    key = served.person("c7214", "handler")
    account = people.known(served.connection(), "c7214").number
    conflicts.add(served.connection(), account, {"phone": "01632 960 114"}, "party", served.at)
    bare = {"ref": "NEW-1", "received_at": build.facts()["received_at"]}
    answer = served.ask("POST", "/assessments", bare, key=key)
    assert answer.status == 200
    assert answer.body["repeat"]["incidents"] == []
    assert "OLD-1" not in json.dumps(answer.body)


def test_each_record_shown_is_logged_once_with_who_when_and_why(served: Any) -> None:
    build.take(served.ground.force(), build.call("OLD-1", received_at="2026-06-01T21:04:00+01:00"))
    key, inspector = served.person("c7214", "handler"), served.person("i1", "inspector")
    for _ in range(3):
        served.ask(
            "POST", "/assessments", build.facts(), key=key, **{"Everycall-Justification": "on the phone"}
        )
    log = served.ask("GET", "/processing?about=OLD-1", key=inspector).body["items"]
    assert sorted((one["operation"], one["by"], one["for_call"]) for one in log) == [
        ("combination", "c7214", "NEW-1"),
        ("consultation", "c7214", "NEW-1"),
    ]
    assert {one["justification"] for one in log} == {"on the phone"}
    own = served.ask("GET", "/processing?about=NEW-1", key=inspector).body["items"]
    assert {one["operation"] for one in own} == {"collection"}
    assert verify(record.links(served.connection())).wrong == ()
    assert record.loose_ends(served.connection()) == []


def test_records_brought_together_are_logged_once_for_each_version_of_the_call(served: Any) -> None:
    build.take(served.ground.force(), build.call("OLD-1", received_at="2026-06-01T21:04:00+01:00"))
    key = served.person("s1", "supervisor")
    for answers in ({}, {"targeted": "yes"}, {"targeted": "yes"}, {"targeted": "no"}):
        served.ask("POST", "/assessments", build.facts(answers=answers), key=key)
    log = served.ask("GET", "/processing?about=OLD-1", key=key).body["items"]
    assert [one["operation"] for one in log if one["for_call"] == "NEW-1"].count("consultation") == 1
    assert [one["operation"] for one in log if one["for_call"] == "NEW-1"].count("combination") == 3


def test_a_force_may_ask_why_but_never_of_who_takes_a_call(served_on_sqlite: Any) -> None:
    served = served_on_sqlite
    served.ground.justification = "required"
    taken(served)
    key = served.person("s1", "supervisor")
    assert served.ask("GET", "/calls/NEW-1", key=key).status == 422
    why = {"Everycall-Justification": "reviewing the night"}
    assert served.ask("GET", "/calls/NEW-1", key=key, **why).status == 200
    log = served.ask("GET", "/processing?about=NEW-1&by=s1", key=key).body["items"]
    assert [one["justification"] for one in log] == ["reviewing the night"]
    served.ground.justification = "off"
    other = served.person("s2", "supervisor")
    assert served.ask("GET", "/calls/NEW-1", key=other, **why).status == 200
    log = served.ask("GET", "/processing?about=NEW-1&by=s2", key=key).body["items"]
    assert [one["justification"] for one in log] == ["call NEW-1"]


def test_the_log_comes_in_pages(served_on_sqlite: Any) -> None:
    served = served_on_sqlite
    for number in range(5):
        taken(served, f"NEW-{number}")
    key, found, before = served.person("i1", "inspector"), [], ""
    while before is not None:
        page = served.ask("GET", f"/processing?limit=2&{before}", key=key).body
        found += [one["entry"] for one in page["items"]]
        before = None if page["next"] is None else f"before={page['next']}"
    assert found == sorted(set(found), reverse=True)
    assert len(found) >= 5


def test_the_log_is_asked_by_person_record_operation_and_time(served: Any) -> None:
    began = served.at
    taken(served)
    seen(served, key=served.person("s1", "supervisor"))
    served.at += timedelta(hours=2)
    middle = served.at
    taken(served, "NEW-2")
    key = served.person("s1", "supervisor")
    for one in (key, served.person("i1", "inspector")):
        seen(served, "NEW-2", key=one)

    def found(**asked: str) -> list[tuple[str, str, str]]:
        items = served.ask("GET", f"/processing?{urlencode(asked)}", key=key).body["items"]
        return [(one["operation"], one["about"], one["by"]) for one in items]

    late, early = found(since=middle.isoformat()), found(until=middle.isoformat())
    assert late + early == found(limit="500")
    assert {about for _, about, _ in early} == {"NEW-1"}
    assert found(since=began.isoformat(), until=middle.isoformat()) == early
    assert found(by="i1", operation="consultation", about="NEW-2") == [("consultation", "NEW-2", "i1")]
    assert found(until=began.isoformat()) == []
    for wrong in ({"operation": "reading"}, {"since": "yesterday"}, {"since": "2026-06-12T21:04:00"}):
        refused = served.ask("GET", f"/processing?{urlencode(wrong)}", key=key)
        assert refused.code == "unusable_input"


def test_what_is_not_this_viewers_to_know_looks_like_nothing(served_on_sqlite: Any) -> None:
    served = served_on_sqlite
    taken(served)
    key = served.person("c7214", "handler")
    missing, odd = served.ask("GET", "/calls/NOT-1", key=key), served.ask("GET", "/calls/%00%FF", key=key)
    assert (missing.status, missing.code) == (404, "not_found")
    assert odd.status == 404
