"""No order, letter case, spacing or way to write a phone number changes an assessment, and more is never less."""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everycall.call import read_call
from everycall.taking import take_call
from scenario_runner import NOW, Data, again, assess, empty_store, force_at, policy

_NORA = {
    "name": "Nora Tinsdale",
    "phone": "01632 960 311",
    "date_of_birth": "1958-04-17",
    "address": "21 Osier Way",
    "postcode": "PE13 9ZT",
    "role": "victim",
}
_ALFRED = {**_NORA, "name": "Alfred Tinsdale", "phone": "07700 900 312", "date_of_birth": "1955-01-01"}
_FAR = {"name": "Una Grey", "phone": "07700 900 990", "address": "2 Far Lane", "postcode": "CB1 9AB"}
_WORDS = ["LADS AT DOOR AGAIN", "CALLER USES A WHEELCHAIR", "NOISE", "STONES AT WINDOW, SHE IS FRIGHTENED"]

_few = settings(max_examples=12)


def call(ref: str, day: str, caller: Data, text: str = "YOUTHS", **more: Any) -> Data:
    at = f"2026-{day}:00+01:00"
    location = {"address": caller.get("address"), "postcode": caller.get("postcode"), "source": "caller"}
    log = [{"at": at, "by": "C7214", "text": text}]
    told = {"ref": ref, "received_at": at, "source": "101", "category": "asb_nuisance", "caller": caller}
    return {**told, "location": location, "log": log, **more}


NEW = call("NEW-1", "06-12T21:04", _NORA, "YOUTHS OUTSIDE HER WINDOW")
HISTORY = [
    call("H1", "06-01T20:00", _NORA, _WORDS[0], behaviours=["rowdy"]),
    call("H2", "05-02T20:00", _ALFRED, _WORDS[1]),
    call("H3", "05-02T20:30", _NORA, _WORDS[2]),
    call("H4", "06-12T20:50", _FAR),
    call("H5", "04-12T20:50", {**_NORA, "role": None}),
]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_store(tmp_path_factory.mktemp("same"))


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Path]:
    return (tmp_path / f"{number}.db" for number in itertools.count())


def made(empty: Path, path: Path, history: list[Data], new: Data, *others: Data) -> Data:
    force = force_at(path, empty)
    try:
        answer = assess(force, {"history": history, "call": new})
        for other in others:
            answer = again(force, other)
        return answer
    finally:
        force.store.close()


def same(document: Any) -> Any:
    """Return an assessment less what may differ: when it was made, how long it took, where the words stand."""
    if isinstance(document, dict):
        left_out = ("assessed_at", "took_ms", "evidence")
        return {key: same(value) for key, value in document.items() if key not in left_out}
    return [same(one) for one in document] if isinstance(document, list) else document


def rank(answer: Data) -> tuple[int, int]:
    grades = policy().pack.grades
    recommended = answer["recommendation"]
    return grades.rank(recommended["grade"]), grades.attendance_rank(recommended["attendance"])


@_few
@given(order=st.permutations(HISTORY))
def test_the_order_of_an_import_does_not_matter(
    empty: Path, stores: Iterator[Path], order: list[Data]
) -> None:
    assert same(made(empty, next(stores), order, NEW)) == same(made(empty, next(stores), HISTORY, NEW))


@pytest.mark.parametrize("later", [timedelta(minutes=1), timedelta(days=3), timedelta(days=400)])
def test_the_clock_does_not_matter(empty: Path, stores: Iterator[Path], later: timedelta) -> None:
    """How old a history or an open call is, is reckoned from when the call came in."""
    force = force_at(next(stores), empty)
    still_open = call("H6", "06-12T15:00", _NORA, _WORDS[2])
    try:
        at_once = assess(force, {"history": [*HISTORY, still_open], "call": NEW})
        made_later = json.loads(take_call(read_call(NEW), force, NOW + later, dry_run=True).body)
    finally:
        force.store.close()
    assert at_once["open_now"], "else nothing of it would be tried"
    assert same(made_later) == same(at_once)


@_few
@given(
    phone=st.sampled_from(["01632960311", "+441632960311", "0044 1632 960311", "(01632) 960-311"]),
    case=st.sampled_from([str.upper, str.lower, str.title]),
    space=st.sampled_from([" ", "  ", "   "]),
    words=st.booleans(),
)
def test_how_it_is_typed_does_not_matter(
    empty: Path, stores: Iterator[Path], phone: str, case: Any, space: str, words: bool
) -> None:
    other = copy.deepcopy(NEW)
    other["caller"]["phone"] = phone
    for part in (other["caller"], other["location"]):
        part["address"] = case(part["address"]).replace(" ", space)
        part["postcode"] = case(part["postcode"]).replace(" ", "")
    other["caller"]["name"] = case(other["caller"]["name"])
    if words:
        other["log"][0]["text"] = case(other["log"][0]["text"])
    assert same(made(empty, next(stores), HISTORY, other)) == same(made(empty, next(stores), HISTORY, NEW))


@_few
@given(
    who=st.sampled_from([_NORA, _ALFRED, {**_NORA, "phone": None}, _FAR]),
    month=st.sampled_from(["06-10", "05-20", "03-03", "01-15"]),
    text=st.sampled_from(_WORDS),
    closed=st.sampled_from([None, "no_trace", "resolved"]),
)
def test_an_earlier_incident_more_never_makes_it_less(
    empty: Path, stores: Iterator[Path], who: Data, month: str, text: str, closed: str | None
) -> None:
    more = call("H9", f"{month}T09:00", who, text, closed_as=closed)
    before = made(empty, next(stores), HISTORY, NEW)
    after = made(empty, next(stores), [*HISTORY, more], NEW)
    for tier in ("person", "household", "place", "phone"):
        for counted in ("count_12m", "count_all"):
            assert after["repeat"][tier][counted] >= before["repeat"][tier][counted]
    assert before["repeat"]["is_repeat"] == "yes" == after["repeat"]["is_repeat"]
    assert rank(after) >= rank(before)


@pytest.mark.parametrize(
    "marker", ["NUISANCE CALLER", "VEXATIOUS", "KNOWN TIMEWASTER. NFA", "CALLER IS A LIAR"]
)
@pytest.mark.parametrize("where", ["history", "call"])
def test_no_marker_changes_repeat_vulnerable_or_grade(
    empty: Path, stores: Iterator[Path], marker: str, where: str
) -> None:
    history, new = copy.deepcopy(HISTORY), copy.deepcopy(NEW)
    told = history[0] if where == "history" else new
    told["log"].append({"at": told["received_at"], "by": "C7214", "text": marker})
    plain = made(empty, next(stores), HISTORY, NEW)
    marked = made(empty, next(stores), history, new)
    for path in (("repeat", "is_repeat"), ("vulnerability", "is_vulnerable"), ("recommendation", "grade")):
        assert marked[path[0]][path[1]] == plain[path[0]][path[1]]
    assert rank(marked) == rank(plain)


ANSWERS = {
    "happened_before": ["no", "yes", "unknown"],
    "personal_circumstances": ["no", "yes", "refused"],
    "targeted": ["no", "yes"],
    "happening_now": ["no", "yes"],
    "suspect_present": ["no", "yes"],
    "threat_made": ["no", "yes"],
    "hate": ["no", "yes"],
    "immediate_danger": ["no"],
    "weapon_or_violence_now": ["no"],
    "impact": ["none", "lot"],
    "how_often": ["first", "weekly"],
}
answers_given = st.fixed_dictionaries({}, optional={q: st.sampled_from(a) for q, a in ANSWERS.items()})


@_few
@given(answers=answers_given)
def test_an_answer_left_out_when_the_call_is_told_again_is_kept(
    empty: Path, stores: Iterator[Path], answers: dict[str, str]
) -> None:
    told = {**NEW, "answers": answers}
    once = made(empty, next(stores), HISTORY, told)
    twice = made(empty, next(stores), HISTORY, told, {**NEW, "answers": {}})
    assert same(twice) == same(once)


@settings(max_examples=40)
@given(answers=answers_given, left=st.sampled_from(sorted(ANSWERS)))
def test_a_call_without_an_answer_that_was_no_is_never_lower(
    empty: Path, stores: Iterator[Path], answers: dict[str, str], left: str
) -> None:
    if answers.get(left) not in ("no", "none", "first"):
        return
    without = {question: answer for question, answer in answers.items() if question != left}
    history = [HISTORY[3]]
    with_no = made(empty, next(stores), history, {**NEW, "answers": answers})
    unasked = made(empty, next(stores), history, {**NEW, "answers": without})
    assert rank(unasked) >= rank(with_no)
