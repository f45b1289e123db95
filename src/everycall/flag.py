"""What other systems already know of a person or an address, as it comes in: one flag."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator

from everycall.call import Model
from everycall.errors import InputError, Problem, not_allowed, problems_of
from everycall.field_kinds import Birthday, Day, MaybeText, MaybeUprn, Text, empty_is_missing, printable


@cache
def _lists() -> Mapping[str, list[str]]:
    return tomllib.loads(files("everycall").joinpath("flag_kinds.toml").read_text("utf-8"))


@cache
def kinds(group: str | None = None) -> frozenset[str]:
    """Return the kinds a flag may have: all, or those of ``circumstance``, ``situation`` or ``notice``."""
    groups = (group,) if group else ("circumstance", "situation", "notice")
    return frozenset(kind for name in groups for kind in _lists()[name])


def _kind(value: str) -> str:
    if value not in kinds():
        raise ValueError(not_allowed(value, kinds()))
    return value


class About(Model):
    """The person or the address a flag is about, named as in a call."""

    name: MaybeText = None
    phone: MaybeText = None
    email: MaybeText = None
    date_of_birth: Birthday = None
    address: MaybeText = None
    postcode: MaybeText = None
    uprn: MaybeUprn = None

    @model_validator(mode="after")
    def _says_whom(self) -> About:
        where = self.address or self.postcode or self.uprn
        if not (self.phone or self.email or where or (self.name and self.date_of_birth)):
            raise ValueError(
                "names nobody: give a phone, an email, an address, a uprn, or a name with a date_of_birth"
            )
        return self


class Flag(Model):
    """What another system knows of a person or an address; every flag says its source and its date.

    An expired flag is shown as past and decides nothing.
    """

    kind: Annotated[str, AfterValidator(_kind)]
    about: About
    source: Text = Field(min_length=1)
    recorded_on: Day
    expires_on: Annotated[Day | None, BeforeValidator(empty_is_missing)] = None
    text: Annotated[
        Annotated[str, Field(max_length=4_000), BeforeValidator(printable)] | None,
        BeforeValidator(empty_is_missing),
    ] = None
    owner: MaybeText = None
    sensitive: bool = False

    @model_validator(mode="after")
    def _fits_together(self) -> Flag:
        about = self.about
        if self.expires_on and self.expires_on < self.recorded_on:
            raise ValueError("expires_on: before recorded_on")
        if about.date_of_birth and about.date_of_birth > self.recorded_on:
            raise ValueError("about.date_of_birth: after recorded_on")
        has_address = about.uprn or (about.address and about.postcode)
        if self.kind in _lists()["about_an_address"] and not has_address:
            raise ValueError(f"about: {self.kind} needs an address with its postcode, or a uprn")
        if self.kind in _lists()["about_a_phone"] and not about.phone:
            raise ValueError(f"about: {self.kind} needs a phone")
        return self


def read_flag(data: Any, where: str = "") -> Flag:
    """Read one flag.

    Parameters
    ----------
    data
        The flag as decoded JSON: ``{"kind", "about", "source", "recorded_on", ...}``.
    where
        What stands before the path of a field in a problem, for instance ``flags.jsonl:12``.

    Raises
    ------
    InputError
        With every problem, when the flag cannot be used.
    """
    if not isinstance(data, dict):
        raise InputError("the flag cannot be used", [Problem(where, "a flag is a JSON object")])
    try:
        return Flag.model_validate(data)
    except ValidationError as error:
        names = {*Flag.model_fields, *About.model_fields}
        found = problems_of(error.errors(include_url=False, include_input=False), names, where)
        raise InputError("the flag cannot be used", found) from None
