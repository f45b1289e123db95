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
from everycall.call import LONGEST_LINE
from everycall.localtime import LONDON
from everycall.store.merging import sha256_of
from everycall.store.named import Person, Where
from everycall.store.quick_people import location_of, put_caller, put_parties
from everycall.store.quick_values import (
    Doubt,
    entries_of,
    is_printable,
    moment_of,
    put_code,
    put_list,
    text_of,
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
    facts: dict[str, Any] = {}
    ref = data.get("ref")
    if type(ref) is not str or not _plain_ref(ref):
        raise Doubt
    received, told = moment_of(data.get("received_at"), zone)
    numbers = {"received_at": received}
    answers, role, where = "{}", None, None
    people: list[Person] = []
    others: list[Person] = []
    for name in sorted(
        data
    ):  # the payload has the fields in the order of their names; what is inside is in order
        value = data[name]
        kind = _KINDS.get(name)
        if value is None and kind is not None and name not in _NEVER_NULL:
            continue
        if kind == _TEXT:
            if (text := text_of(value)) is not None:
                facts[name] = text
        elif kind == _MOMENT:
            numbers[name], facts[name] = moment_of(value, zone)
        elif kind == _CODE:
            put_code(facts, name, name, value)
        elif kind == _TRUTH:
            if value is not True and value is not False:
                raise Doubt
            facts[name] = value
        elif name == "log":
            put_list(facts, name, [_line(line, zone) for line in entries_of(value, 10_000)])
        elif name == "location":
            facts[name], where = location_of(value)
        elif name == "behaviours":
            put_list(facts, name, [_behaviour(entry) for entry in entries_of(value, 1_000)])
        elif name == "answers":
            if _answers(value, known):
                facts[name] = dict(sorted(value.items()))
                answers = _as_json(tuple(facts[name].items()))
        elif name == "caller":
            role = put_caller(value, facts, people, told[:10])
        elif name == "victims":
            put_parties(name, value, facts, people, told[:10])
        elif name == "others":
            put_parties(name, value, facts, others, told[:10])
        elif name == "received_at":
            facts[name] = told
        elif name == "ref":
            facts[name] = ref
        else:
            raise Doubt
    payload = to_json(facts)
    if not is_printable(payload):
        raise Doubt
    return Plain(
        ref,
        (
            received,
            facts.get("category"),
            _as_words(tuple(facts["behaviours"])) if "behaviours" in facts else "",
            answers,
            facts.get("status"),
            facts.get("grade_given"),
            numbers.get("attended_at"),
            numbers.get("closed_at"),
            facts.get("closed_as"),
            facts.get("opened_as"),
            None,
            role,
            sha256_of(payload),
            payload.decode(),
            None,
        ),
        people + others,
        where,
    )


@lru_cache(maxsize=_KEPT)
def _as_json(answers: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(dict(answers), sort_keys=True)


@lru_cache(maxsize=_KEPT)
def _as_words(behaviours: tuple[str, ...]) -> str:
    return " ".join(sorted({behaviour.replace(" ", "_") for behaviour in behaviours}))


_TEXT, _MOMENT, _CODE, _TRUTH, _PART = range(5)
_KINDS = {
    **dict.fromkeys(("handler", "team", "district", "grade_given", "opened_as", "safe_contact"), _TEXT),
    **dict.fromkeys(("attended_at", "closed_at"), _MOMENT),
    **dict.fromkeys(("source", "category", "status", "closed_as"), _CODE),
    **dict.fromkeys(("language_line", "marked_repeat", "marked_vulnerable"), _TRUTH),
    **dict.fromkeys(
        ("ref", "received_at", "log", "behaviours", "answers", "caller", "victims", "others", "location"),
        _PART,
    ),
}
_NEVER_NULL = frozenset({"ref", "received_at", "log", "behaviours", "answers", "victims", "others"})


def _plain_ref(ref: str) -> bool:
    return ref.isascii() and ref.isprintable() and 0 < len(ref) <= 100 and ref[0] != " " and ref[-1] != " "


def _behaviour(value: Any) -> str:
    if type(value) is not str or value not in codes.allowed("behaviours"):
        raise Doubt
    return value


_LINE = frozenset({"at", "by", "text"})


def _line(line: Any, zone: ZoneInfo) -> dict[str, Any]:
    if type(line) is not dict or not line.keys() <= _LINE:
        raise Doubt
    at, by, text = line.get("at"), line.get("by"), line.get("text")
    if type(text) is not str or len(text) > LONGEST_LINE:
        raise Doubt
    if at is not None:
        at = moment_of(at, zone)[1]
    if by is not None:
        by = text_of(by)
    if at is not None and by is not None:
        return {"at": at, "by": by, "text": text}
    told = {"at": at, "by": by, "text": text}
    return {name: value for name, value in told.items() if value is not None}


def _answers(answers: Any, known: Mapping[str, frozenset[str]]) -> bool:
    if type(answers) is not dict:
        raise Doubt
    for question, answer in answers.items():
        if type(answer) is not str or answer not in known.get(question, ()):
            raise Doubt
    return bool(answers)
