"""A plain row straight to what the store keeps, without making a call of it: for whole files.

Only what is plainly in order is taken: any doubt (a value of another kind, anything to note or to refuse) gives None,
and the row goes the long way, through `everycall.call.read_call`. What both ways make is the same to the last byte;
a property test holds them together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from everycall import codes
from everycall.call import LONGEST_LINE, UNPRINTABLE
from everycall.identity.mention import person_of, place_at
from everycall.intake.row import is_odd_phone
from everycall.localtime import LONDON, to_local
from everycall.store.merging import facts_sha256
from everycall.store.prepared import Prepared, key_numbers, mention_facts

_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
_ANSWERS = json.JSONEncoder(sort_keys=True)
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,15})?", re.ASCII)
_EPOCH = datetime(1970, 1, 1)
_MICROSECOND = timedelta(microseconds=1)
_HOUR = timedelta(hours=1)
_NO_TIME = timedelta(0)
_PEOPLE = 65_536


class Doubt(Exception):  # noqa: N818 - no error: it never leaves this module
    """Something that the long way has to look at."""


def quick(
    data: dict[str, Any], zone: ZoneInfo = LONDON, answers: Mapping[str, frozenset[str]] | None = None
) -> Prepared | None:
    """Return a call as rows, or None where the long way has to look at it.

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
        return _prepared(data, zone, answers if answers is not None else codes.answers())
    except Doubt:
        return None


def _prepared(data: dict[str, Any], zone: ZoneInfo, known: Mapping[str, frozenset[str]]) -> Prepared:
    facts: dict[str, Any] = {}
    numbers: dict[str, int] = {}
    for name, value in data.items():
        if value is None and name not in _NEVER_NULL:
            continue
        if name in _TEXTS:
            text = _text(value)
            if text is not None:
                facts[name] = text
        elif name in _MOMENTS:
            numbers[name], facts[name] = _moment(value, zone)
        elif name in _CODES:
            _put_code(facts, name, name, value)
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
        _put_list(facts, "log", [_line(line, zone) for line in _entries(data["log"], 10_000)])
    if "behaviours" in data:
        _put_list(facts, "behaviours", [_behaviour(entry) for entry in _entries(data["behaviours"], 1_000)])
    if data.get("answers", _UNSET) is not _UNSET and _answers(data["answers"], known):
        facts["answers"] = data["answers"]
    day = facts["received_at"][:10]
    mentions, keys, role = _people(data, facts, day)
    place = None
    if data.get("location") is not None:
        facts["location"], where = _location(data["location"])
        if where is not None:
            place = where[0][-1]
            mentions.append(where[0])
            keys.append(where[1])
    payload = _ENCODER.encode(facts)
    return Prepared(
        ref,
        (
            numbers["received_at"],
            facts.get("category"),
            " ".join(sorted({b.replace(" ", "_") for b in facts.get("behaviours", ())})),
            _ANSWERS.encode(facts.get("answers", {})),
            facts.get("status"),
            facts.get("grade_given"),
            numbers.get("attended_at"),
            numbers.get("closed_at"),
            facts.get("closed_as"),
            facts.get("opened_as"),
            place,
            role,
            facts_sha256(payload),
            payload,
            None,
        ),
        tuple(mentions),
        tuple(keys),
    )


_UNSET = object()
_TEXTS = frozenset({"handler", "team", "district", "grade_given", "opened_as", "safe_contact"})
_MOMENTS = frozenset({"received_at", "attended_at", "closed_at"})
_CODES = frozenset({"source", "category", "status", "closed_as"})
_TRUTHS = frozenset({"language_line", "marked_repeat", "marked_vulnerable"})
_PARTS = frozenset({"ref", "log", "behaviours", "answers", "caller", "victims", "others", "location"})
_NEVER_NULL = frozenset({"ref", "received_at", "log", "behaviours", "answers", "victims", "others"})


def _text(value: Any) -> str | None:
    if type(value) is not str or len(value) > 500:
        raise Doubt
    if not value.isprintable() and UNPRINTABLE.search(value):
        raise Doubt
    return value if value.strip() else None


def _plain_ref(ref: str) -> bool:
    return ref.isascii() and ref.isprintable() and 0 < len(ref) <= 100 and ref[0] != " " and ref[-1] != " "


def _put_code(facts: dict[str, Any], name: str, field: str, value: Any) -> None:
    if type(value) is not str:
        raise Doubt
    if value in codes.allowed(field):
        facts[name] = value
    elif value.strip():
        raise Doubt


def _entries(value: Any, most: int) -> list[Any]:
    if type(value) is not list or len(value) > most:
        raise Doubt
    return value


def _put_list(facts: dict[str, Any], name: str, entries: list[Any]) -> None:
    if entries:
        facts[name] = entries


def _behaviour(value: Any) -> str:
    if type(value) is not str or value not in codes.allowed("behaviours"):
        raise Doubt
    return value


def _line(line: Any, zone: ZoneInfo) -> dict[str, Any]:
    if type(line) is not dict or not line.keys() <= {"at", "by", "text"}:
        raise Doubt
    text = line.get("text")
    if type(text) is not str or len(text) > LONGEST_LINE:
        raise Doubt
    if not text.isprintable() and UNPRINTABLE.search(text):
        raise Doubt
    told = {"text": text}
    if line.get("at") is not None:
        told["at"] = _moment(line["at"], zone)[1]
    if line.get("by") is not None and (by := _text(line["by"])) is not None:
        told["by"] = by
    return told


def _answers(answers: Any, known: Mapping[str, frozenset[str]]) -> bool:
    if type(answers) is not dict:
        raise Doubt
    for question, answer in answers.items():
        if type(answer) is not str or answer not in known.get(question, ()):
            raise Doubt
    return bool(answers)


def _moment(value: Any, zone: ZoneInfo) -> tuple[int, str]:
    """Return a moment as the store's number and as JSON has it, in London's time."""
    if type(value) is str:
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            raise Doubt from None
    if type(value) is not datetime or not 1900 <= value.year <= 2200:
        raise Doubt
    if value.tzinfo is None:
        if zone is not LONDON:
            return _far(value, zone)
        offset = _offset_on_the_clock(value.year, value.month, value.day, value.hour)
        if offset is None:
            raise Doubt  # an hour that came twice, or never, is noted
        local = value
    else:
        utc = value.astimezone(UTC).replace(tzinfo=None)
        offset = _offset_at(utc.year, utc.month, utc.day, utc.hour)
        local = utc + offset
    number = (local - offset - _EPOCH) // _MICROSECOND
    return number, local.isoformat() + (
        "+01:00" if offset == _HOUR else "Z" if offset == _NO_TIME else _doubt()
    )


def _doubt() -> str:
    raise Doubt


def _far(value: datetime, zone: ZoneInfo) -> tuple[int, str]:
    moment, note = to_local(value, zone)
    if note:
        raise Doubt
    return _moment(moment, LONDON)


@lru_cache(maxsize=131_072)
def _offset_on_the_clock(year: int, month: int, day: int, hour: int) -> timedelta | None:
    """Return how far London's clocks were ahead in an hour they showed; None where they changed near it."""
    first = datetime(year, month, day, hour, tzinfo=LONDON)
    offset = first.utcoffset()
    for moment in (first, first.replace(minute=59, second=59, microsecond=999_999)):
        if moment.utcoffset() != offset or moment.replace(fold=1).utcoffset() != offset:
            return None
    return offset


@lru_cache(maxsize=131_072)
def _offset_at(year: int, month: int, day: int, hour: int) -> timedelta:
    """Return how far London's clocks were ahead in an hour of universal time; they change on the hour."""
    offset = datetime(year, month, day, hour, tzinfo=UTC).astimezone(LONDON).utcoffset()
    return offset if offset is not None else _NO_TIME


_PARTY_TEXTS = ("name", "phone", "email", "address", "postcode")
_PARTY = frozenset({*_PARTY_TEXTS, "date_of_birth", "age", "uprn", "role"})


def _people(
    data: dict[str, Any], facts: dict[str, Any], day: str
) -> tuple[list[tuple[Any, ...]], list[tuple[int, ...]], str | None]:
    mentions: list[tuple[Any, ...]] = []
    keys: list[tuple[int, ...]] = []
    role = None
    if data.get("caller") is not None:
        told = facts["caller"] = _party(data["caller"], "role", day)
        role = told.get("role")
        _add(mentions, keys, "caller", role, told)
    for several, which, supposed in (("victims", "victim", "victim"), ("others", "other", "suspect")):
        if several not in data:
            continue
        parties = _entries(data[several], 50)
        field = "role" if which == "victim" else "other_role"
        told_parties = [_party(party, field, day) for party in parties]
        for number, told in enumerate(told_parties):
            if which == "other" and told.get("role") == supposed:
                del told["role"]
            _add(mentions, keys, f"{which} {number}", told.get("role") or supposed, told)
        _put_list(facts, several, told_parties)
    return mentions, keys, role


def _party(party: Any, field: str, day: str) -> dict[str, Any]:
    if type(party) is not dict or not party.keys() <= _PARTY:
        raise Doubt
    told: dict[str, Any] = {}
    phone = party.get("phone")
    if phone and (type(phone) is not str or _is_odd(phone)):
        raise Doubt
    for name, value in party.items():
        if name == "role" and field == "other_role" and (value is None or not str(value).strip()):
            raise Doubt
        if value is None:
            continue
        if name in _PARTY_TEXTS:
            text = _text(value)
            if text is not None:
                told[name] = text
        elif name == "date_of_birth":
            _put_birthday(told, value, day)
        elif name == "role":
            _put_code(told, "role", field, value)
        elif name == "uprn":
            _put_uprn(told, value)
        else:
            told["age"] = _age(value)
    return told


_is_odd = lru_cache(maxsize=_PEOPLE)(is_odd_phone)


def _put_birthday(told: dict[str, Any], value: Any, day: str) -> None:
    if type(value) is str:
        if not value.strip():
            return
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            raise Doubt from None
    if type(value) is not date:
        raise Doubt
    text = value.isoformat()
    if text > day or int(day[:4]) - value.year > 125:
        raise Doubt
    told["date_of_birth"] = text


def _put_uprn(told: dict[str, Any], value: Any) -> None:
    if type(value) is int:
        value = str(value)
    if type(value) is not str:
        raise Doubt
    if value.isascii() and value.isdigit() and len(value) <= 12:
        told["uprn"] = value
    elif value.strip():
        raise Doubt


def _age(value: Any) -> int:
    if type(value) is str and value.isascii() and value.isdigit() and len(value) <= 3:
        value = int(value)
    if type(value) is not int or not 0 <= value <= 125:
        raise Doubt
    return value


def _add(
    mentions: list[tuple[Any, ...]], keys: list[tuple[int, ...]], which: str, role: str | None,
    told: dict[str, Any],
) -> None:  # fmt: skip
    get = told.get
    facts, of_one = _person(
        get("name"), get("phone"), get("email"), get("date_of_birth"), get("age"), get("address"),
        get("postcode"), get("uprn"),
    )  # fmt: skip
    mentions.append((which, role, *facts))
    keys.append(of_one)


@lru_cache(maxsize=_PEOPLE)
def _person(
    name: str | None, phone: str | None, email: str | None, born: str | None, age: int | None,
    address: str | None, postcode: str | None, uprn: str | None,
) -> tuple[tuple[Any, ...], tuple[int, ...]]:  # fmt: skip
    """Return what the store keeps of somebody besides ``which`` and ``role``, and the keys."""
    day = date.fromisoformat(born) if born else None
    mention = person_of(name, phone, email, day, age, address, postcode, uprn)
    return mention_facts(mention)[2:], key_numbers(mention)


_LIMITS = {
    "latitude": (-90, 90), "longitude": (-180, 180), "easting": (0, 700_000), "northing": (0, 1_300_000),
    "accuracy_m": (0, 1_000_000),
}  # fmt: skip
_LOCATION = frozenset({"address", "postcode", "uprn", "rural", "source", *_LIMITS})


def _location(location: Any) -> tuple[dict[str, Any], tuple[tuple[Any, ...], tuple[int, ...]] | None]:
    if type(location) is not dict or not location.keys() <= _LOCATION:
        raise Doubt
    told: dict[str, Any] = {}
    for name, value in location.items():
        if value is None:
            continue
        if name in _LIMITS:
            told[name] = _metres_or_degrees(value, *_LIMITS[name])
        elif name == "uprn":
            _put_uprn(told, value)
        elif name == "rural":
            if value is not True and value is not False:
                raise Doubt
            told[name] = value
        elif (text := _text(value)) is not None:
            told[name] = text
    get = told.get
    latitude, longitude = get("latitude"), get("longitude")
    if (latitude is None) != (longitude is None) or ("easting" in told) != ("northing" in told):
        raise Doubt
    if latitude is not None and longitude is not None and -9 <= latitude <= 2.5 and 49 <= longitude <= 61.5:
        raise Doubt
    where = _where(
        get("address"), get("postcode"), get("uprn"), latitude, longitude, get("easting"), get("northing")
    )
    return told, where


def _metres_or_degrees(value: Any, least: float, most: float) -> float:
    if type(value) is str and _NUMBER.fullmatch(value):
        value = float(value)
    if (type(value) is not float and type(value) is not int) or not least <= value <= most:
        raise Doubt
    return float(value)


@lru_cache(maxsize=_PEOPLE)
def _where(
    address: str | None, postcode: str | None, uprn: str | None,
    latitude: float | None, longitude: float | None, easting: float | None, northing: float | None,
) -> tuple[tuple[Any, ...], tuple[int, ...]] | None:  # fmt: skip
    """Return what the store keeps of a place, and its key."""
    mention = place_at(address, postcode, uprn, latitude, longitude, easting, northing)
    return None if mention is None else (mention_facts(mention), key_numbers(mention))
