"""A plain row straight to what the store keeps, without making a call of it: for whole files.

Only what is plainly in order is taken: any doubt (a value of another kind, anything to note or to refuse) gives None,
and the row goes the long way, through `everycall.call.read_call`. What both ways make is the same to the last byte;
a property test holds them together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pydantic_core import PydanticSerializationError, to_json

from everycall import codes
from everycall.localtime import LONDON
from everycall.store.merging import sha256_of
from everycall.store.named import Person, Where
from everycall.store.quick_log import lines_of
from everycall.store.quick_people import location_of, put_caller, put_parties
from everycall.store.quick_values import (
    Doubt,
    entries_of,
    is_printable,
    moment_of,
    put_code,
    put_list,
    put_text,
)

_KEPT = 4_096


class Plain(NamedTuple):
    """A call that may be taken, with those it names still to be read.

    Parameters
    ----------
    facts
        In the order of `everycall.store.prepared.VERSION_FACTS`, without the place, which is read with the people.
    where
        None: the row has no location.
    """

    ref: str
    facts: tuple[Any, ...]
    people: list[Person]
    where: Where | None


def quick(
    data: dict[str, Any], zone: ZoneInfo = LONDON, answers: Mapping[str, frozenset[str]] | None = None
) -> Plain | None:
    """Return a call as what the store keeps of it, or None where the long way has to look at it.

    Parameters
    ----------
    data
        The call as decoded JSON, or as a row of a table gives it.
    zone
        The time zone of timestamps without an offset.
    answers
        The questions that may be answered, with their answers; the published ones when not given.
    """
    try:
        return _plain(data, zone, answers if answers is not None else codes.answers())
    except (Doubt, PydanticSerializationError):  # the latter of half a character, which is no text
        return None


def _plain(data: dict[str, Any], zone: ZoneInfo, known: Mapping[str, frozenset[str]]) -> Plain:
    get = data.get
    ref = get("ref")
    if type(ref) is not str or not _plain_ref(ref):
        raise Doubt
    received, told = moment_of(get("received_at"), zone)
    day = told[:10]
    facts: dict[str, Any] = {}
    answers, behaviours, role, where, attended, closed = "{}", "", None, None, None, None
    people: list[Person] = []
    others: list[Person] = []
    # the payload has the fields in the order of their names, and so they are looked at here, one after another: to go
    # round in the row's own fields and tell what kind each is took twice as long
    if (value := get("answers")) is not None and _answers(value, known):
        facts["answers"] = dict(sorted(value.items()))
        answers = _as_json(tuple(facts["answers"].items()))
    if (value := get("attended_at")) is not None:
        attended, facts["attended_at"] = moment_of(value, zone)
    if (value := get("behaviours")) is not None and entries_of(value, 1_000):
        behaviours = _as_words(_behaviours(value))
        facts["behaviours"] = value
    if (value := get("caller")) is not None:
        role = put_caller(value, facts, people, day)
    if (value := get("category")) is not None:
        put_code(facts, "category", _CATEGORIES, value)
    if (value := get("closed_as")) is not None:
        put_code(facts, "closed_as", _ENDS, value)
    if (value := get("closed_at")) is not None:
        closed, facts["closed_at"] = moment_of(value, zone)
    if (value := get("district")) is not None:
        put_text(facts, "district", value)
    if (value := get("grade_given")) is not None:
        put_text(facts, "grade_given", value)
    if (value := get("handler")) is not None:
        put_text(facts, "handler", value)
    if (value := get("language_line")) is not None:
        _put_truth(facts, "language_line", value)
    if (value := get("location")) is not None:
        facts["location"], where = location_of(value)
    if (value := get("log")) is not None:
        put_list(facts, "log", lines_of(value, zone))
    if (value := get("marked_repeat")) is not None:
        _put_truth(facts, "marked_repeat", value)
    if (value := get("marked_vulnerable")) is not None:
        _put_truth(facts, "marked_vulnerable", value)
    if (value := get("opened_as")) is not None:
        put_text(facts, "opened_as", value)
    if (value := get("others")) is not None:
        put_parties("others", value, facts, others, day)
    facts["received_at"] = told
    facts["ref"] = ref
    if (value := get("safe_contact")) is not None:
        put_text(facts, "safe_contact", value)
    if (value := get("source")) is not None:
        put_code(facts, "source", _SOURCES, value)
    if (value := get("status")) is not None:
        put_code(facts, "status", _STATES, value)
    if (value := get("team")) is not None:
        put_text(facts, "team", value)
    if (value := get("victims")) is not None:
        put_parties("victims", value, facts, people, day)
    if len(facts) != len(data):
        _look_at_the_rest(data)
    payload = to_json(facts)
    if not is_printable(payload):
        raise Doubt
    get = facts.get
    return Plain(
        ref,
        (
            received, get("category"), behaviours, answers, get("status"), get("grade_given"), attended, closed,
            get("closed_as"), get("opened_as"), None, role, sha256_of(payload), payload.decode(), None,
        ),
        people + others,
        where,
    )  # fmt: skip


_FIELDS = frozenset({
    "answers", "attended_at", "behaviours", "caller", "category", "closed_as", "closed_at", "district", "grade_given",
    "handler", "language_line", "location", "log", "marked_repeat", "marked_vulnerable", "opened_as", "others",
    "received_at", "ref", "safe_contact", "source", "status", "team", "victims",
})  # fmt: skip
_NEVER_NULL = ("log", "behaviours", "answers", "victims", "others")
_CATEGORIES, _ENDS = codes.allowed("category"), codes.allowed("closed_as")
_SOURCES, _STATES = codes.allowed("source"), codes.allowed("status")
_BEHAVIOURS = codes.allowed("behaviours")


def _look_at_the_rest(data: dict[str, Any]) -> None:
    """Doubt a field that is none of ours, and nothing where a list or table belongs: the long way has to say so."""
    if not data.keys() <= _FIELDS or any(name in data and data[name] is None for name in _NEVER_NULL):
        raise Doubt


@lru_cache(maxsize=_KEPT)
def _as_json(answers: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(dict(answers), sort_keys=True)


@lru_cache(maxsize=_KEPT)
def _as_words(behaviours: tuple[str, ...]) -> str:
    return " ".join(sorted({behaviour.replace(" ", "_") for behaviour in behaviours}))


def _plain_ref(ref: str) -> bool:
    return ref.isascii() and ref.isprintable() and 0 < len(ref) <= 100 and ref[0] != " " and ref[-1] != " "


def _put_truth(facts: dict[str, Any], name: str, value: Any) -> None:
    if value is not True and value is not False:
        raise Doubt
    facts[name] = value


def _behaviours(values: list[Any]) -> tuple[str, ...]:
    for value in values:
        if type(value) is not str or value not in _BEHAVIOURS:
            raise Doubt
    return tuple(values)


def _answers(answers: Any, known: Mapping[str, frozenset[str]]) -> bool:
    if type(answers) is not dict:
        raise Doubt
    for question, answer in answers.items():
        if type(answer) is not str or answer not in known.get(question, ()):
            raise Doubt
    return bool(answers)
