"""A plain row straight to what the store keeps, without making a call of it: for whole files.

Only what is plainly in order is taken: any doubt (a value of another kind, anything to note or to refuse) gives None,
and the row goes the long way, through `everycall.call.read_call`. What both ways make is the same to the last byte;
a property test holds them together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pydantic_core import to_json

from everycall import codes
from everycall.call import LONGEST_LINE
from everycall.field_kinds import UNPRINTABLE
from everycall.localtime import LONDON
from everycall.store.merging import sha256_of
from everycall.store.named import Person, Where
from everycall.store.quick_people import location_of, put_people
from everycall.store.quick_values import Doubt, entries_of, moment_of, put_code, put_list, text_of

_ANSWERS = json.JSONEncoder(sort_keys=True)


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
    except Doubt:
        return None


def _plain(data: dict[str, Any], zone: ZoneInfo, known: Mapping[str, frozenset[str]]) -> Plain:
    facts: dict[str, Any] = {}
    numbers: dict[str, int] = {}
    for name, value in data.items():
        if value is None and name not in _NEVER_NULL:
            continue
        if name in _TEXTS:
            text = text_of(value)
            if text is not None:
                facts[name] = text
        elif name in _MOMENTS:
            numbers[name], facts[name] = moment_of(value, zone)
        elif name in _CODES:
            put_code(facts, name, name, value)
        elif name in _TRUTHS:
            if value is not True and value is not False:
                raise Doubt
            facts[name] = value
        elif name not in _PARTS:
            raise Doubt
    ref = data.get("ref")
    if "received_at" not in facts or type(ref) is not str or not _plain_ref(ref):
        raise Doubt
    facts["ref"] = ref
    if "log" in data:
        put_list(facts, "log", [_line(line, zone) for line in entries_of(data["log"], 10_000)])
    if "behaviours" in data:
        put_list(facts, "behaviours", [_behaviour(entry) for entry in entries_of(data["behaviours"], 1_000)])
    answers = "{}"
    if "answers" in data and _answers(data["answers"], known):
        facts["answers"] = dict(sorted(data["answers"].items()))
        answers = _ANSWERS.encode(facts["answers"])
    people, role = put_people(data, facts, facts["received_at"][:10])
    where = None
    if data.get("location") is not None:
        facts["location"], where = location_of(data["location"])
    payload = to_json({name: facts[name] for name in sorted(facts)})  # what is inside is in order already
    return Plain(
        ref,
        (
            numbers["received_at"],
            facts.get("category"),
            " ".join(sorted({b.replace(" ", "_") for b in facts.get("behaviours", ())})),
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
        people,
        where,
    )


_TEXTS = frozenset({"handler", "team", "district", "grade_given", "opened_as", "safe_contact"})
_MOMENTS = frozenset({"received_at", "attended_at", "closed_at"})
_CODES = frozenset({"source", "category", "status", "closed_as"})
_TRUTHS = frozenset({"language_line", "marked_repeat", "marked_vulnerable"})
_PARTS = frozenset({"ref", "log", "behaviours", "answers", "caller", "victims", "others", "location"})
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
    get = line.get
    at, by, text = get("at"), get("by"), get("text")
    if type(text) is not str or len(text) > LONGEST_LINE:
        raise Doubt
    if not text.isprintable() and UNPRINTABLE.search(text):
        raise Doubt
    told: dict[str, Any] = {}
    if at is not None:
        told["at"] = moment_of(at, zone)[1]
    if by is not None and (by := text_of(by)) is not None:
        told["by"] = by
    told["text"] = text
    return told


def _answers(answers: Any, known: Mapping[str, frozenset[str]]) -> bool:
    if type(answers) is not dict:
        raise Doubt
    for question, answer in answers.items():
        if type(answer) is not str or answer not in known.get(question, ()):
            raise Doubt
    return bool(answers)
