"""The kinds of field a call is made of (moments, days, texts, codes), and how each is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from everycall import codes
from everycall.errors import Problem, legible, not_allowed
from everycall.localtime import LONDON, NO_TIME, tells_no_time, to_local

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff\ufeff]")
_TAKEN_OUT = re.compile("[\u202e\ufeff]")
"""Those of them that stand inside words without being seen; a space would tear the word."""


def _note(info: ValidationInfo, where: str, problem: str) -> None:
    if info.context is not None and "notes" in info.context:
        info.context["notes"].append(Problem(where, problem))


def _moment(value: Any, info: ValidationInfo) -> datetime:
    if isinstance(value, str):
        if tells_no_time(value):
            _note(info, info.field_name or "", NO_TIME)
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(
                f"'{legible(value[:40])}' is not a date and time like 2024-06-12T21:04:00+01:00"
            ) from None
    if not isinstance(value, datetime):
        raise ValueError("must be a date and time as text, like 2024-06-12T21:04:00+01:00")
    if not 1900 <= value.year <= 2200:
        raise ValueError(f"the year {value.year} is not between 1900 and 2200")
    zone = (info.context or {}).get("zone", LONDON)
    moment, note = to_local(value, zone if isinstance(zone, ZoneInfo) else LONDON)
    if note:
        _note(info, info.field_name or "", note)
    return moment


def _day(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise ValueError("is not a date of the calendar like 1951-03-02") from None
    if isinstance(value, datetime) or not (value is None or isinstance(value, date)):
        raise ValueError("must be a date as text, like 1951-03-02")
    return value


def printable(value: Any, info: ValidationInfo) -> Any:
    """Replace control characters by spaces, and note it: databases refuse some, and screens obey others.

    A byte-order mark, and the mark that turns the rest of a line round, are taken out.

    It runs before the type is looked at, since half a character (a lone surrogate) would be refused as no text:
    a call is not lost for a slip of the system that sent it.
    """
    if not isinstance(value, str) or not UNPRINTABLE.search(value):
        return value
    whole = _TAKEN_OUT.sub("", value)
    if whole != value:
        _note(info, info.field_name or "", "marks of order and direction were taken out")
    spaced = UNPRINTABLE.sub(" ", whole)
    if spaced != whole:
        _note(info, info.field_name or "", "control characters were replaced by spaces")
    return spaced


def empty_is_missing(value: Any) -> Any:
    """Return None for text without any character: an empty cell says nothing."""
    return None if isinstance(value, str) and not value.strip() else value


def _birthday(value: date | None, info: ValidationInfo) -> date | None:
    if value is not None and value.isoformat() in codes.allowed("no_date_of_birth"):
        _note(info, info.field_name or "", "is what stands where none is known, and was read as none")
        return None
    return value


def _coded(field: str) -> AfterValidator:
    def check(value: str) -> str:
        code = codes.same_code(value, codes.allowed(field))
        if code not in codes.allowed(field):
            raise ValueError(not_allowed(value, codes.allowed(field)))
        return code

    return AfterValidator(check)


def a_code(field: str) -> Any:
    """Return the kind of a field that holds one code of a published list, or nothing."""
    return Annotated[Annotated[str, _coded(field)] | None, BeforeValidator(empty_is_missing)]


def listed(field: str) -> AfterValidator:
    """Read the codes of a list; one that is not known stays as it was told."""
    return AfterValidator(lambda listed: tuple(codes.same_code(one, codes.allowed(field)) for one in listed))


NULL_IS_NONE_TOLD = BeforeValidator(lambda value: () if value is None else value)
"""A list that is null tells nothing, as one that is left out."""


def _said(answers: Any) -> Any:
    """Leave out questions that were not answered: many systems write null, or nothing, for not asked."""
    if isinstance(answers, dict):
        return {
            question: answer for question, answer in answers.items() if empty_is_missing(answer) is not None
        }
    return {} if answers is None else answers


def _known_answers(answers: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    known: Mapping[str, frozenset[str]] = (info.context or {}).get("answers") or codes.answers()
    told, wrong = {}, []
    for question, answer in answers.items():
        if question not in known:
            wrong.append(not_allowed(question, known))
            continue
        told[question] = codes.same_code(answer, known[question])
        if told[question] not in known[question]:
            wrong.append(f"{question}: {not_allowed(answer, known[question])}")
    if wrong:
        raise ValueError("; ".join(wrong))
    return told


Moment = Annotated[datetime, BeforeValidator(_moment)]
Day = Annotated[date, BeforeValidator(_day)]
Text = Annotated[str, Field(max_length=500), BeforeValidator(printable)]
MaybeText = Annotated[Text | None, BeforeValidator(empty_is_missing)]
Birthday = Annotated[Day | None, BeforeValidator(empty_is_missing), AfterValidator(_birthday)]
Uprn = Annotated[str, Field(pattern=r"^\d{1,12}$")]
MaybeUprn = Annotated[
    Uprn | None,
    BeforeValidator(empty_is_missing),
    BeforeValidator(lambda v: str(v) if type(v) is int else v),
]
Answers = Annotated[dict[str, str], AfterValidator(_known_answers), BeforeValidator(_said)]
"""Questions with their answers; one that was not answered is left out."""
