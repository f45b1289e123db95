"""Of a child, through an interpreter, by text: chosen by the call; and what to do where nothing may be asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from build import assess, force_at
from everycall.force import Force
from scenario_runner import policy

QUIET = [{"text": "LOUD MUSIC NEXT DOOR"}]
ADULT = {"name": "Nora Tinsdale", "phone": "01632 960 311", "date_of_birth": "1988-04-17", "role": "victim"}


@pytest.fixture
def force(sqlite_store: str) -> Iterator[Force]:
    opened = force_at(sqlite_store)
    yield opened
    opened.store.close()


def ways(force: Force, **facts: Any) -> set[str]:
    asked = assess(force, dry_run=True, **{"caller": ADULT, "log": QUIET, **facts}).ask_next
    told = [set(one.ways) for one in asked]
    assert all(one == told[0] for one in told)
    return told[0]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, set()),
        ({"caller": {**ADULT, "date_of_birth": "2012-02-02"}}, {"child"}),
        ({"caller": {**ADULT, "date_of_birth": None, "age": 17}}, {"child"}),
        ({"caller": {**ADULT, "date_of_birth": None, "age": 18}}, set()),
        (
            {"caller": {"role": "victim"}, "log": [{"text": "CALLER IS 11 YEARS OLD, ALONE AT HOME"}]},
            {"child"},
        ),
        (
            {"victims": [{"name": "Ellis Tinsdale", "age": 9}], "caller": {**ADULT, "role": "third_party"}},
            set(),
        ),
        ({"language_line": True}, {"interpreter"}),
        ({"log": [{"text": "CALLER SPEAKS NO ENGLISH, POLISH INTERPRETER NEEDED"}]}, {"interpreter"}),
        ({"source": "webchat"}, {"text"}),
        ({"source": "online"}, {"text"}),
        ({"log": [{"text": "CALLER WHISPERING, YES AND NO ANSWERS ONLY"}]}, {"text"}),
        ({"source": "webchat", "language_line": True}, {"interpreter", "text"}),
    ],
)
def test_the_call_says_how(force: Force, facts: dict[str, Any], expected: set[str]) -> None:
    assert ways(force, **facts) == expected


def test_every_shipped_question_can_be_asked_in_every_way() -> None:
    for question in policy().questions.question:
        assert question.ways is not None
        assert len({question.ways.child, question.ways.interpreter, question.ways.text}) == 3


@pytest.mark.parametrize("known", [{"date_of_birth": "1951-03-02"}, {"age": 44}])
def test_who_gave_an_age_is_not_asked_for_it(force: Force, known: dict[str, Any]) -> None:
    nameless = {"name": "Nora Tinsdale", "phone": "01632 960 311", "role": "victim"}

    def circumstances(caller: dict[str, Any]) -> str:
        asked = assess(force, dry_run=True, caller=caller, log=QUIET).ask_next
        return next(one.text for one in asked if one.question == "personal_circumstances")

    assert " age" in circumstances(nameless)
    assert " age" not in circumstances({**nameless, **known})


def test_where_there_are_signs_of_control_the_first_question_says_so(force: Force) -> None:
    plain = assess(force, dry_run=True, caller=ADULT, log=QUIET).ask_next[0]
    signs = assess(
        force, dry_run=True, caller=ADULT, log=[{"text": "CALLER WHISPERING, PARTNER IS LISTENING"}]
    )
    assert plain.question == signs.ask_next[0].question == "safe_to_talk"
    assert "controls" not in plain.why
    assert "controls" in signs.ask_next[0].why


def test_where_it_is_not_safe_nothing_is_asked_and_what_to_do_instead_is_said(force: Force) -> None:
    unsafe = {"answers": {"safe_to_talk": "no"}}
    told = assess(force, dry_run=True, caller=ADULT, log=QUIET, **unsafe)
    assert told.ask_next == ()
    assert any("listen" in one for one in told.do_instead)
    assert "ask for a safe time" in told.do_instead[-1]
    known = assess(force, dry_run=True, caller=ADULT, log=QUIET, safe_contact="by her sister", **unsafe)
    assert "noted with this call" in known.do_instead[-1]
    assert not any("sister" in one for one in known.do_instead)


@pytest.mark.parametrize("answer", ["yes", "unknown", "refused"])
def test_otherwise_nothing_is_done_instead(force: Force, answer: str) -> None:
    assert (
        assess(force, dry_run=True, caller=ADULT, log=QUIET, answers={"safe_to_talk": answer}).do_instead
        == ()
    )
