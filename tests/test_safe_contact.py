"""Safe contact, calls that broke off, orders, evidence: kept with the call; hours alone reach nobody."""

from __future__ import annotations

from typing import Any

import pytest

import build
from everycall.access.roles import Sees
from everycall.access.shown import call_for
from everycall.call import Call, read_call
from everycall.errors import InputError
from everycall.store.merging import facts_sha256, payload_of


def read(**more: Any) -> Call:
    return read_call({"ref": "A", "received_at": "2026-06-12T21:04:00+01:00"} | more).call


@pytest.mark.parametrize(
    ("said", "can"),
    [
        (None, False),
        ("by text only, after six", True),
        ({"phone": "07700 900 118"}, True),
        ({"email": "m@example.com", "hours": "after six"}, True),
        ({"note": "through her sister"}, True),
        ({"number": "07700 900 118"}, True),
        ({"hours": "after six", "who_may_answer": "nobody else", "interpreter": "Polish"}, False),
        ({"phone": None}, False),
    ],
)
def test_hours_or_who_may_answer_alone_are_no_way_to_reach_anybody(said: Any, can: bool) -> None:
    assert read(safe_contact=said).can_be_reached_safely() is can


def test_what_is_not_said_changes_nothing_of_a_call_that_was_told_before() -> None:
    before = '{"received_at":"2026-06-12T21:04:00+01:00","ref":"A"}'
    assert facts_sha256(payload_of(read())) == facts_sha256(before)


def test_words_for_a_contact_that_are_not_ours_are_kept_and_noted() -> None:
    told = build.facts(safe_contact={"telephone": "07700 900 118"}, evidence_advice=["cctv", "cctv2"])
    found = read_call(told)
    assert found.call.safe_contact == {"telephone": "07700 900 118"}
    assert [note.where for note in found.notes] == ["evidence_advice", "safe_contact"]
    assert "07700" not in "".join(map(str, found.notes))


@pytest.mark.parametrize("name", ["called_back", "order_breached"])
def test_a_code_that_is_none_is_refused_with_those_that_are(name: str) -> None:
    with pytest.raises(InputError) as refused:
        read(**{name: "perhaps"})
    assert "not one of" in str(refused.value.details[0]) or "perhaps" in str(refused.value.details[0])


def test_who_sees_codes_alone_is_told_nothing_of_how_to_reach_them() -> None:
    facts = build.facts(
        safe_contact={"phone": "07700 900 118"},
        silent_call=True,
        called_back="not_safe",
        order_breached="yes",
    )
    told = call_for(Sees(False, frozenset(), True), facts)
    assert (
        set(told) & {"safe_contact", "silent_call", "called_back", "order_breached", "evidence_advice"}
        == set()
    )
