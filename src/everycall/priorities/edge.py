"""How a priority is written in a file: the names, types and codes that are allowed."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from everycall import codes
from everycall.errors import not_allowed
from everycall.field_kinds import Day, MaybeText
from everycall.priorities.priority import PriorityStatus
from everycall.priorities.windows import DAYS

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def _clock(value: Any) -> Any:
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        found = f"'{value[:20]}' " if isinstance(value, str) else ""
        raise ValueError(f"{found}is not a time from 00:00 to 23:59, like 18:00 (midnight is 00:00)")
    return time.fromisoformat(value)


def _one_of(allowed: tuple[str, ...] | str) -> AfterValidator:
    def check(value: str) -> str:
        options = codes.allowed(allowed) if isinstance(allowed, str) else allowed
        if value not in options:
            raise ValueError(not_allowed(value, options))
        return value

    return AfterValidator(check)


def _status(value: Any) -> Any:
    options = ("draft", "active", "discharged")
    if value not in options:
        raise ValueError(not_allowed(str(value), options))
    return value


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty")
    return value.strip()


def _has_a_word(value: str) -> str:
    if not any(letter.isalnum() for letter in value):
        raise ValueError("has no letter or digit to look for")
    return value


Words = Annotated[str, Field(strict=True, max_length=500), AfterValidator(_not_blank)]
LongText = Annotated[str, Field(strict=True, max_length=20_000)]
Clock = Annotated[time, BeforeValidator(_clock), Field(json_schema_extra={"pattern": _CLOCK.pattern})]
Degrees = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


class WrittenPlace(_Written):
    """A circle round a point: degrees (WGS84) and metres."""

    name: Words
    latitude: Annotated[Degrees, Field(ge=-90, le=90)]
    longitude: Annotated[Degrees, Field(ge=-180, le=180)]
    radius_m: Annotated[Degrees, Field(gt=0, le=50_000)]

    @model_validator(mode="after")
    def _the_right_way_round(self) -> WrittenPlace:
        if -9 <= self.latitude <= 2.5 and 49 <= self.longitude <= 61.5:
            raise ValueError("latitude and longitude look swapped: Great Britain is near 54, -2")
        return self


class WrittenWindow(_Written):
    """Days on which the window begins (none: every day), and local clock times."""

    days: list[Annotated[str, _one_of(DAYS)]] = []
    begins: Clock = Field(alias="from")
    ends: Clock = Field(alias="to")


class WrittenAction(_Written):
    """What was promised, and by when."""

    text: LongText
    date: Day | None = None


class WrittenPriority(_Written):
    """One local priority, as a file or the API gives it."""

    id: Annotated[str, Field(strict=True, max_length=100), AfterValidator(_not_blank)]
    title: Words
    description: LongText | None = None
    behaviours: list[Annotated[str, _one_of("behaviours")]] = []
    categories: list[Annotated[str, _one_of("category")]] = []
    area_ids: list[Words] = []
    geometry: dict[str, Any] | None = None
    places: list[WrittenPlace] = []
    times: list[WrittenWindow] = []
    keywords: list[Annotated[Words, AfterValidator(_has_a_word)]] = []
    agreed_on: Day | None = None
    starts_on: Day | None = None
    review_on: Day | None = None
    expires_on: Day | None = None
    owner: MaybeText = None
    agreed_by: MaybeText = None
    status: Annotated[PriorityStatus, BeforeValidator(_status)]
    actions: list[WrittenAction] = []

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> WrittenPriority:
        if self.starts_on and self.expires_on and self.expires_on < self.starts_on:
            raise ValueError(f"expires_on {self.expires_on} is before starts_on {self.starts_on}")
        return self


def names() -> set[str]:
    """Return every key that may stand somewhere in a priority, as it is written."""
    models = (WrittenPriority, WrittenPlace, WrittenWindow, WrittenAction)
    return {field.alias or name for model in models for name, field in model.model_fields.items()}


def priority_schema() -> dict[str, Any]:
    """Return the JSON Schema of one priority, as `everycall schema priority` prints it."""
    return WrittenPriority.model_json_schema()
