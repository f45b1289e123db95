"""What comes in: one contact, as the control room knows it so far."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from everycall import codes
from everycall.errors import InputError, Problem, not_allowed, problems_of
from everycall.field_kinds import (
    NULL_IS_NONE_TOLD,
    Answers,
    Birthday,
    MaybeText,
    MaybeUprn,
    Moment,
    Text,
    a_code,
    listed,
    printable,
)
from everycall.localtime import LONDON, local_date
from everycall.told_once import StandsTwiceError, read_once

LONGEST_LINE = 65_536
"""Characters in one log line; a longer one is a file in the wrong field and is refused."""

_NO_WAY = frozenset({"hours", "who_may_answer", "interpreter"})
"""What is said of a safe contact beside how: by itself it reaches nobody."""


class Model(BaseModel):
    """What every part of a call has in common: no unknown keys, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Party(Model):
    """A person as one call names them: the caller, or a victim who is somebody else."""

    name: MaybeText = None
    phone: MaybeText = None
    email: MaybeText = None
    date_of_birth: Birthday = None
    age: Annotated[int | None, Field(ge=0, le=125)] = None
    address: MaybeText = None
    postcode: MaybeText = None
    uprn: MaybeUprn = None
    role: a_code("role") = None  # type: ignore[valid-type]


class OtherParty(Party):
    """A person the call is about who is no victim: a suspect, or a subject of concern."""

    role: a_code("other_role") = "suspect"  # type: ignore[valid-type]


class Location(Model):
    """Where it happens; latitude and longitude in degrees (WGS84), easting and northing in metres (OSGB36)."""

    address: MaybeText = None
    postcode: MaybeText = None
    uprn: MaybeUprn = None
    rural: bool | None = None
    latitude: Annotated[float | None, Field(ge=-90, le=90, allow_inf_nan=False)] = None
    longitude: Annotated[float | None, Field(ge=-180, le=180, allow_inf_nan=False)] = None
    easting: Annotated[float | None, Field(ge=0, le=700_000, allow_inf_nan=False)] = None
    northing: Annotated[float | None, Field(ge=0, le=1_300_000, allow_inf_nan=False)] = None
    accuracy_m: Annotated[float | None, Field(ge=0, le=1_000_000, allow_inf_nan=False)] = None
    source: MaybeText = None

    @model_validator(mode="after")
    def _pairs(self) -> Location:
        for one, other, first, second in (
            ("latitude", "longitude", self.latitude, self.longitude),
            ("easting", "northing", self.easting, self.northing),
        ):
            if (first is None) != (second is None):
                raise ValueError(f"{one} and {other} must be given together")
        if self.latitude is not None and self.longitude is not None:  # noqa: SIM102 - reads better apart
            if -9 <= self.latitude <= 2.5 and 49 <= self.longitude <= 61.5:
                raise ValueError("latitude and longitude look swapped: Great Britain is near 54, -2")
        return self


class LogLine(Model):
    """One line of the log: when, by whom, and what was typed."""

    at: Moment | None = None
    by: MaybeText = None
    text: Annotated[str, Field(max_length=LONGEST_LINE), BeforeValidator(printable)]


class Monitoring(Model):
    """For equality monitoring only: stored apart, never an input to an assessment."""

    sex: MaybeText = None
    ethnicity: MaybeText = None
    disability: MaybeText = None
    language: MaybeText = None


class Call(Model):
    """One contact with the control room; only ``ref`` and ``received_at`` are required.

    A call told again with the same ``ref`` is the same call with newer facts.
    """

    ref: Annotated[
        str, Field(min_length=1, max_length=100, pattern=r"^\S(.*\S)?$"), BeforeValidator(printable)
    ]
    received_at: Moment
    source: a_code("source") = None  # type: ignore[valid-type]
    category: a_code("category") = None  # type: ignore[valid-type]
    behaviours: Annotated[tuple[Text, ...], listed("behaviours"), NULL_IS_NONE_TOLD] = ()
    caller: Party | None = None
    victims: Annotated[tuple[Party, ...], Field(max_length=50), NULL_IS_NONE_TOLD] = ()
    others: Annotated[tuple[OtherParty, ...], Field(max_length=50), NULL_IS_NONE_TOLD] = ()
    location: Location | None = None
    log: Annotated[tuple[LogLine, ...], Field(max_length=10_000), NULL_IS_NONE_TOLD] = ()
    answers: Answers = Field(default_factory=dict)
    safe_contact: dict[Text, Text | None] | MaybeText = None
    silent_call: bool | None = None
    called_back: a_code("called_back") = None  # type: ignore[valid-type]
    evidence_advice: Annotated[tuple[Text, ...], listed("evidence_advice"), NULL_IS_NONE_TOLD] = ()
    order_breached: a_code("order_breached") = None  # type: ignore[valid-type]
    handler: MaybeText = None
    team: MaybeText = None
    district: MaybeText = None
    language_line: bool | None = None
    status: a_code("status") = None  # type: ignore[valid-type]
    grade_given: MaybeText = None
    attended_at: Moment | None = None
    closed_at: Moment | None = None
    closed_as: a_code("closed_as") = None  # type: ignore[valid-type]
    opened_as: MaybeText = None
    marked_repeat: bool | None = None
    marked_vulnerable: bool | None = None
    monitoring: Monitoring | None = None

    @model_validator(mode="after")
    def _nobody_is_born_later(self) -> Call:
        day = local_date(self.received_at)
        for which, party in self.parties():
            born = party.date_of_birth
            if born and (born > day or day.year - born.year > 125):
                raise ValueError(f"{which}.date_of_birth: after the call, or over 125 years before it")
        return self

    def can_be_reached_safely(self) -> bool:
        """Say whether a way is known to reach the person again; hours alone, or who may answer, are none."""
        if isinstance(self.safe_contact, dict):
            return any(value for name, value in self.safe_contact.items() if name not in _NO_WAY)
        return bool(self.safe_contact)

    def parties(self) -> list[tuple[str, Party]]:
        """Return everyone the call names with the word for them: ``caller``, ``victim 0``, ``other 0`` ..."""
        named: list[tuple[str, Party]] = [("caller", self.caller)] if self.caller else []
        named += [(f"victim {i}", party) for i, party in enumerate(self.victims)]
        named += [(f"other {i}", party) for i, party in enumerate(self.others)]
        return named


@dataclass(frozen=True)
class CallRead:
    """A call that could be used, and what had to be noted about it (unknown behaviours, the doubled hour)."""

    call: Call
    notes: tuple[Problem, ...]


@cache
def field_names() -> frozenset[str]:
    """Return every key that may stand somewhere in a call, to suggest the nearest when one is misspelt."""
    models: tuple[type[BaseModel], ...] = (Call, Party, OtherParty, Location, LogLine, Monitoring)
    return frozenset(name for model in models for name in model.model_fields)


def read_call(
    data: Any,
    where: str = "",
    zone: ZoneInfo = LONDON,
    answers: Mapping[str, frozenset[str]] | None = None,
) -> CallRead:
    """Read one call.

    Parameters
    ----------
    data
        The call as decoded JSON.
    where
        What stands before the path of a field in a problem, for instance ``calls.jsonl:12``.
    zone
        The time zone of timestamps without an offset.
    answers
        The questions that may be answered, with their answers; the published ones when not given.

    Raises
    ------
    InputError
        With every problem, when the call cannot be used.
    """
    notes: list[Problem] = []
    if not isinstance(data, dict):
        raise InputError("the call cannot be used", [Problem(where, "a call is a JSON object")])
    try:
        call = Call.model_validate(data, context={"notes": notes, "zone": zone, "answers": answers})
    except ValidationError as error:
        found = problems_of(error.errors(include_url=False, include_input=False), field_names(), where)
        raise InputError("the call cannot be used", found) from None
    for behaviour in call.behaviours:
        if behaviour not in codes.allowed("behaviours"):
            notes.append(
                Problem("behaviours", f"{not_allowed(behaviour, codes.allowed('behaviours'))}; kept")
            )
    for advice in call.evidence_advice:
        if advice not in codes.allowed("evidence_advice"):
            notes.append(
                Problem("evidence_advice", f"{not_allowed(advice, codes.allowed('evidence_advice'))}; kept")
            )
    if isinstance(call.safe_contact, dict):
        for name in call.safe_contact:
            if name not in codes.allowed("safe_contact"):
                notes.append(
                    Problem("safe_contact", f"{not_allowed(name, codes.allowed('safe_contact'))}; kept")
                )
    return CallRead(call, tuple(notes))


def read_call_text(
    text: str | bytes, where: str = "", answers: Mapping[str, frozenset[str]] | None = None
) -> CallRead:
    """Read one call from JSON text; `InputError` for text that is no JSON says where, never what."""
    try:
        data = read_once(text)
    except StandsTwiceError as error:
        raise InputError("the call cannot be used", [Problem(where, str(error))]) from None
    except json.JSONDecodeError as error:
        at = (
            f"line {error.lineno} column {error.colno}"
            if "\n" in error.doc.strip()
            else f"column {error.colno}"
        )
        raise InputError(
            "the call cannot be used", [Problem(f"{where} {at}".strip(), "is not JSON")]
        ) from None
    except (ValueError, RecursionError):
        raise InputError("the call cannot be used", [Problem(where, "is not JSON")]) from None
    return read_call(data, where, answers=answers)
