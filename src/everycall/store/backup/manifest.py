"""What stands in a backup: which store, how much of it, and the hash of every file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationError

from everycall.errors import InputError, Problem, problems_of
from everycall.strict import Data
from everycall.told_once import read_once, why_not

NAME = "manifest.json"
"""The manifest's own name in a backup."""


class Head(Data):
    """The last link of the record when the backup was taken."""

    number: int
    link: str


class Part(Data):
    """One file of a backup: an SQLite store whole, or one table of a PostgreSQL store."""

    name: str
    bytes: int
    sha256: str
    table: str | None = None
    columns: tuple[str, ...] = ()


class Manifest(Data):
    """What a backup holds.

    Parameters
    ----------
    format
        The form of the backup itself; another number is another form.
    made_at
        When the backup was begun, with offset. The store is as it stood then or a moment later.
    schema_steps
        Every step of the schema that the store had, as ``app.name``.
    chain
        The last link of the record; None while the record was empty.
    rows
        How many rows each table had.
    sequences
        PostgreSQL's counters of row numbers, so that a number is not given twice.
    """

    format: Literal[1]
    everycall: str
    made_at: str
    database: Literal["sqlite", "postgresql"]
    schema_steps: tuple[str, ...]
    chain: Head | None
    rows: dict[str, int]
    sequences: dict[str, int]
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]


def read_manifest(text: bytes, where: str) -> Manifest:
    """Read a manifest strictly.

    Raises
    ------
    InputError
        When it is none, or of a form that this version does not know.
    """
    try:
        read_once(text)
        return Manifest.model_validate_json(text)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        found = problems_of(errors, Manifest.model_fields, f"{where} {NAME}")
        raise InputError("the backup cannot be used", found) from None
    except (ValueError, RecursionError) as error:
        raise InputError("the backup cannot be used", [Problem(f"{where} {NAME}", why_not(error))]) from None
