"""What every part of an assessment is made of: its states, reasons, moments and words of the contract."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, PlainSerializer, WithJsonSchema

from everycall.localtime import written

Moment = Annotated[
    datetime,
    PlainSerializer(written, return_type=str, when_used="json-unless-none"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""A moment in London's local time, written with its offset: ``+01:00`` in summer, ``+00:00`` in winter."""

Assertion = Literal["present", "possible", "denied", "historical", "other_person"]
Who = Literal["caller", "victim", "household", "suspect", "other", "unknown"]
Strength = Literal["strong", "weak"]
Source = Literal["answer", "log", "flag", "history", "household", "details"]
SaidBy = Literal["self", "family", "professional", "other", "officer", "system"]
DataClass = Literal["health", "age", "family", "hate", "allegation", "situation"]
Tier = Literal["person", "household", "place", "phone"]
Band = Literal["standard", "medium", "high"]


class Status(StrEnum):
    """The three states of every part: a failed search never reads as a clean history."""

    FOUND = "found"
    LOOKED_NONE = "looked_none"
    COULD_NOT_LOOK = "could_not_look"


class Truth(StrEnum):
    """Unknown is not no: not asked, refused and unknown are all ``unknown``."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


_put = object.__setattr__


class Part(BaseModel):
    """What every part of an assessment has in common: no unknown keys, no change after making."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)

    @classmethod
    def unchecked(cls, **values: Any) -> Self:
        """Make one from values that are right already, every field given, in the order of the fields.

        For what is made by the dozen while a caller waits: checking takes four times as long as making.
        """
        made = cls.__new__(cls)
        _put(made, "__dict__", values)
        _put(made, "__pydantic_fields_set__", set(values))
        _put(made, "__pydantic_extra__", None)
        _put(made, "__pydantic_private__", None)
        return made


class Reason(Part):
    """Why: a code for programs and a sentence for people."""

    code: str
    text: str


class Disagreement(Part):
    """Two sources that say different things about one fact; both are shown."""

    about: str
    says_yes: str
    says_no: str
    counts_as: Truth
