"""The recommendation: times, duties, who goes, and a rationale that says what is not known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from everycall.assessment import Recommendation, Truth
from everycall.call import Call, read_call
from everycall.policy import Context, Pack, load, recommend, resolve

Change = Callable[[str, str, str], Path]
RECEIVED = "2026-06-12T21:04:00+01:00"


def call(**more: Any) -> Call:
    return read_call({"ref": "NEW-1", "received_at": RECEIVED, "source": "101", **more}).call


def recommended(pack: Pack, *yes: str, about: Call | None = None, **how: Any) -> Recommendation:
    about = about or call()
    facts = resolve(pack, about.answers, [], {"asb": Truth.YES} | dict.fromkeys(yes, Truth.YES))
    return recommend(pack, facts, about, about.received_at, **how)


def codes(recommendation: Recommendation) -> list[str]:
    return [action.code for action in recommendation.actions]


@pytest.mark.parametrize(
    ("rural", "by"), [(None, "21:19"), (False, "21:19"), (True, "21:24")], ids=["not known", "urban", "rural"]
)
def test_an_emergency_has_15_minutes_and_20_only_where_known_to_be_rural(
    pack: Pack, rural: bool | None, by: str
) -> None:
    made = recommended(pack, "fire", about=call(location={"rural": rural}))
    assert made.respond_by == datetime.fromisoformat(f"2026-06-12T{by}:00+01:00")


@pytest.mark.parametrize(
    ("fact", "by"), [("harm_high", "2026-06-12T22:04:00+01:00"), ("vulnerable", "2026-06-13T21:04:00+01:00")]
)
def test_priority_has_an_hour_and_scheduled_a_day(pack: Pack, fact: str, by: str) -> None:
    assert recommended(pack, fact).respond_by == datetime.fromisoformat(by)


def test_resolution_without_deployment_has_no_time(pack: Pack) -> None:
    facts = resolve(pack, {}, [], dict.fromkeys(pack.facts.index, Truth.NO) | {"asb": Truth.YES})
    made = recommend(pack, facts, call(), call().received_at)
    assert (made.grade, made.attendance, made.respond_by) == ("resolution_without_deployment", "none", None)


def test_an_hour_is_an_hour_in_the_night_the_clocks_go_back(pack: Pack) -> None:
    made = recommended(pack, "harm_high", about=call(received_at="2026-10-25T01:30:00+01:00"))
    assert made.respond_by is not None
    assert made.respond_by.isoformat() == "2026-10-25T01:30:00+00:00"


def test_the_clock_starts_as_the_pack_says_for_the_source(change: Change) -> None:
    own = load(
        change(
            "grades.toml",
            "[clock.by_source]",
            '[clock.by_source]\n"101" = "graded_at"\nonline = "log_opened"',
        )
    )
    graded = datetime.fromisoformat("2026-06-12T21:10:00+01:00")
    hour = datetime.fromisoformat("2026-06-12T22:10:00+01:00")
    assert recommended(own, "harm_high", graded_at=graded).respond_by == hour
    log = [{"text": "no time"}, {"at": "2026-06-12T21:06:00+01:00", "text": "first"}]
    online = recommended(own, "harm_high", about=call(source="online", log=log))
    assert online.respond_by == datetime.fromisoformat("2026-06-12T22:06:00+01:00")


def test_a_start_that_is_not_known_falls_back_on_the_earliest(change: Change) -> None:
    own = load(change("grades.toml", 'default = "received_at"', 'default = "graded_at"'))
    assert recommended(own, "harm_high").respond_by == datetime.fromisoformat("2026-06-12T22:04:00+01:00")


@pytest.mark.parametrize(
    ("yes", "action"),
    [
        (("case_review",), "asb_case_review_offer"),
        (("repeat", "harm_high"), "asb_case_review_offer"),
        (("vulnerable",), "safeguarding_referral"),
        (("vulnerable",), "named_contact"),
        (("targeted",), "harassment_crime_check"),
        (("targeted",), "hate_question"),
        (("protected_characteristic",), "hate_question"),
        (("hate",), "hate_crime_record_decision"),
        (("damage",), "crime_record_decision"),
        (("threat_made",), "crime_record_decision"),
        (("threat_to_life",), "crime_record_decision"),
        (("assault",), "crime_record_decision"),
        (("violence_used",), "crime_record_decision"),
        (("repeat", "targeted"), "crime_record_decision"),
        (("burst",), "supervisor_alert"),
        (("nobody_seen",), "adequacy_review"),
        (("order_in_force",), "breach_check"),
        (("local_priority",), "patrol_task"),
        (("domestic_abuse",), "domestic_abuse_risk_assessment"),
        (("nobody_to_call_back",), "location_patrol"),
        ((), "ask_back"),
    ],
)
def test_each_duty_is_owed_by_its_facts(pack: Pack, yes: tuple[str, ...], action: str) -> None:
    owed = {one.code: one for one in recommended(pack, *yes).actions}
    assert owed[action].owner
    due = owed[action].due
    assert due is not None
    assert due > datetime.fromisoformat(RECEIVED)


def test_no_duty_comes_from_what_is_unknown_but_to_ask_back(pack: Pack) -> None:
    assert codes(recommended(pack)) == ["ask_back"]


def test_the_hate_question_is_not_asked_once_it_is_answered_yes(pack: Pack) -> None:
    made = recommended(pack, "targeted", about=call(answers={"hate": "yes"}))
    assert "hate_question" not in codes(made)
    assert "hate_crime_record_decision" in codes(made)


def test_a_named_contact_is_owed_only_where_nothing_more_is(pack: Pack) -> None:
    assert "named_contact" not in codes(recommended(pack, "vulnerable", "repeat"))


def test_a_duty_with_two_grounds_is_owed_once(pack: Pack) -> None:
    owed = codes(recommended(pack, "damage", "assault", "targeted", "protected_characteristic"))
    assert len(owed) == len(set(owed))


def test_the_case_review_is_offered_as_may_qualify_and_care_needs_no_eligibility(pack: Pack) -> None:
    texts = {action.code: action.text for action in recommended(pack, "case_review", "vulnerable").actions}
    assert "may qualify" in texts["asb_case_review_offer"]
    assert "vulnerability notice" in texts["safeguarding_referral"]
    assert "Nobody has to be eligible" in texts["safeguarding_referral"]


@pytest.mark.parametrize(
    ("yes", "resource"),
    [
        ("suicide_now", "ambulance"),
        ("fire", "fire_service"),
        ("harm_high", "response"),
        ("domestic_abuse", "domestic_abuse_team"),
        ("hate", "hate_crime_officer"),
        ("burst", "supervisor"),
        ("vulnerable", "neighbourhood_team"),
        ("local_priority", "patrol"),
    ],
)
def test_who_goes(pack: Pack, yes: str, resource: str) -> None:
    assert resource in recommended(pack, yes).resources


def test_the_rationale_is_one_paragraph_with_every_letter(pack: Pack) -> None:
    context = Context(repeat="Four earlier incidents\nin 12 months", unknown=("who lives there",))
    text = recommended(pack, "vulnerable", context=context).rationale
    assert text.startswith("THRIVE: T (Threat): ")
    assert [text.index(f"{letter} (") for letter in "THRIVE"] == sorted(
        text.index(f"{x} (") for x in "THRIVE"
    )
    assert "\n" not in text
    assert "Four earlier incidents in 12 months." in text
    assert "The victim is vulnerable." in text
    assert "Not known: who lives there." in text


def test_the_rationale_says_what_is_not_known(pack: Pack) -> None:
    text = recommended(pack).rationale
    assert "Not known: immediate danger, weapon or violence now" in text
    assert "no weapon" not in text


def test_the_rationale_of_a_floor_says_at_least(pack: Pack) -> None:
    facts = resolve(pack, {}, [], {"asb": Truth.NO, "harm_high": Truth.YES})
    made = recommend(pack, facts, call(category="crime"), call().received_at)
    assert made.floor_only
    assert "At least: Priority, attendance now by 22:04 on 12/06/2026" in made.rationale


def test_the_same_facts_make_the_same_recommendation(pack: Pack) -> None:
    assert recommended(pack, "vulnerable", "repeat") == recommended(pack, "repeat", "vulnerable")
