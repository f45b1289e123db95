"""The mapping: a TOML file in which a force says which of its columns is which field of a call."""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, StrictBool, StrictInt, StrictStr, field_validator

from everycall.errors import InputError, Problems, nearest, not_allowed
from everycall.intake.dates import ISO, check_formats
from everycall.intake.fields import codes_of, paths, to_suggest
from everycall.intake.template import Template, read_template
from everycall.localtime import LONDON
from everycall.strict import Data, read_toml

Column = str | int
"""A column by its name in the header, or by its position counted from 1."""

_FILE_COLUMN = StrictStr | StrictInt
_ANY = "*"


class MappingFile(Data):
    """The keys of a mapping file, as ``docs/import.md`` tells them."""

    encoding: Literal["auto", "utf-8", "utf-16", "windows-1252"] = "auto"
    delimiter: Literal["auto", ",", ";", "\t", "|"] = "auto"
    header: bool = True
    time_zone: str = "Europe/London"
    date_time_formats: tuple[str, ...] = Field(default=(ISO,), min_length=1)
    date_formats: tuple[str, ...] = Field(default=(ISO,), min_length=1)
    coordinates: Literal["wgs84", "bng"] = "wgs84"
    ref: str | None = None
    missing: tuple[str, ...] = ()
    ignore: tuple[_FILE_COLUMN, ...] = ()
    columns: dict[str, _FILE_COLUMN | list[_FILE_COLUMN]] = Field(min_length=1)
    codes: dict[str, dict[str, StrictStr | StrictBool]] = Field(default_factory=dict)
    split: dict[str, str] = Field(default_factory=dict)
    defaults: dict[str, StrictStr | StrictBool | StrictInt | float] = Field(default_factory=dict)
    role_of_source: dict[str, str] = Field(default_factory=dict)

    @field_validator("columns", "codes", "split", "defaults", mode="before")
    @classmethod
    def _flat(cls, value: Any) -> Any:
        return _flatten(value) if isinstance(value, dict) else value

    @field_validator("columns", mode="before")
    @classmethod
    def _name_or_position(cls, value: Any) -> Any:
        for path, column in value.items() if isinstance(value, dict) else ():
            if isinstance(column, bool) or (
                isinstance(column, list) and any(type(c) is bool for c in column)
            ):
                raise ValueError(f"{path} must be a column's name or its position")
        return value


def _flatten(table: dict[str, Any], above: str = "") -> dict[str, Any]:
    """Return ``{"caller.name": ...}`` for ``[columns.caller] name = ...``, so that either may be written."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        path = f"{above}.{key}" if above else key
        if isinstance(value, dict) and path not in paths() and not path.startswith("answers."):
            flat |= _flatten(value, path)
        else:
            flat[path] = value
    return flat


@dataclass(frozen=True, slots=True)
class Codes:
    """One field's codes: their value (in small letters), or its beginning, to ours; ``""`` is null."""

    exact: Table[str, str]
    beginnings: tuple[tuple[str, str], ...]
    otherwise: str | None = None

    def ours(self, theirs: str) -> str | None:
        """Return our code for their value, or None when no entry but ``"*"`` fits; the longest beginning wins."""
        key = theirs.strip().casefold()
        if key in self.exact:
            return self.exact[key]
        return next((ours for beginning, ours in self.beginnings if key.startswith(beginning)), None)


@dataclass(frozen=True, slots=True)
class Mapping:
    """How to read a row of one force's table as a call; made by `read_mapping`, or plain for our own names.

    Parameters
    ----------
    name
        The file it came from, as problems name it; empty for our own column names.
    columns
        Field path to the columns that fill it; None: every column of the header is a field path.
    """

    name: str = ""
    encoding: str = "auto"
    delimiter: str = "auto"
    header: bool = True
    zone: ZoneInfo = LONDON
    date_time_formats: tuple[str, ...] = (ISO,)
    date_formats: tuple[str, ...] = (ISO,)
    coordinates: str = "wgs84"
    ref: Template | None = None
    missing: frozenset[str] = frozenset()
    ignore: tuple[Column, ...] = ()
    columns: Table[str, tuple[Column, ...]] | None = None
    codes: Table[str, Codes] = field(default_factory=dict)
    split: Table[str, str] = field(default_factory=lambda: {"behaviours": ";", "log": "\n"})
    defaults: Table[str, str] = field(default_factory=dict)
    role_of_source: Table[str, str] = field(default_factory=dict)


PLAIN = Mapping()
"""Without a mapping file: a CSV whose columns are our own field paths, ISO dates, London time."""


def read_mapping(path: Path, answers: Table[str, frozenset[str]] | None = None) -> Mapping:
    """Read a mapping file.

    Parameters
    ----------
    path
        The TOML file, as ``docs/import.md`` describes it.
    answers
        The questions that may be answered, with their answers; the published ones when not given.

    Raises
    ------
    InputError
        With every problem: unknown keys, fields, codes, time zones and formats, each with what is allowed.
    """
    problems = Problems()
    read = read_toml(path, MappingFile, problems)
    if read is None:
        raise InputError("the mapping cannot be used", problems)
    zone = _zone(read.time_zone, path.name, problems)
    check_formats(read.date_time_formats, read.date_formats, path.name, problems)
    _check_fields(read, path.name, answers, problems)
    codes = {p: _codes(p, table, path.name, answers, problems) for p, table in read.codes.items()}
    for source, role in read.role_of_source.items():
        _check_code("source", source, f"{path.name} role_of_source", answers, problems)
        _check_code("caller.role", role, f"{path.name} role_of_source.{source}", answers, problems)
    ref = read_template(read.ref, f"{path.name} ref", problems) if read.ref is not None else None
    problems.raise_if_any("the mapping cannot be used")
    return Mapping(
        path.name, read.encoding, read.delimiter, read.header, zone, read.date_time_formats,
        read.date_formats, read.coordinates, ref, frozenset(word.casefold() for word in read.missing),
        read.ignore, {p: _several(columns) for p, columns in read.columns.items()}, codes,
        {**PLAIN.split, **read.split}, {p: _plain(value) for p, value in read.defaults.items()},
        read.role_of_source,
    )  # fmt: skip


def _several(columns: Column | list[Column]) -> tuple[Column, ...]:
    return tuple(columns) if isinstance(columns, list) else (columns,)


def _plain(value: str | bool | float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _zone(name: str, where: str, problems: Problems) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        problems.add(
            f"{where} time_zone", f"'{name[:60]}' is not a time zone like Europe/London or America/New_York"
        )
        return LONDON


def _check_fields(
    read: MappingFile, where: str, answers: Table[str, frozenset[str]] | None, problems: Problems
) -> None:
    known = paths(frozenset(answers) if answers is not None else None)
    suggested = [path for path in known if to_suggest(path)]
    tables: dict[str, Table[str, object]] = {
        "columns": read.columns, "codes": read.codes, "split": read.split, "defaults": read.defaults
    }  # fmt: skip
    for table, entries in tables.items():
        for path in entries:
            if path not in known:
                problems.add(f"{where} {table}", f"unknown field '{path[:60]}'{nearest(path, suggested)}")
    for path, columns in read.columns.items():
        for column in _several(columns):
            if isinstance(column, int) and column < 1:
                problems.add(
                    f"{where} columns.{path}", f"{column} is no position: columns are counted from 1"
                )
            elif isinstance(column, str) and not read.header:
                problems.add(f"{where} columns.{path}", "with header = false a column is a position, like 3")
        if columns == []:
            problems.add(f"{where} columns.{path}", "names no column")
    for path, sign in read.split.items():
        if path in known and known[path] not in ("list", "log"):
            problems.add(f"{where} split.{path}", "only behaviours and log can be split")
        if not sign:
            problems.add(f"{where} split.{path}", "is empty; give the sign between two entries, like ';'")
    if (read.ref is None) == ("ref" not in read.columns):
        problems.add(where, "give either columns.ref (a column) or ref (a template like 'MC-{row:06}')")
    if "received_at" not in read.columns:
        problems.add(f"{where} columns", "received_at is missing: every call needs its time")
    for path, value in read.defaults.items():
        if path in ("ref", "received_at"):
            problems.add(f"{where} defaults.{path}", "cannot have a default: every call has its own")
        elif path in known:
            _check_code(path, _plain(value), f"{where} defaults.{path}", answers, problems)


def _check_code(
    path: str, code: str, where: str, answers: Table[str, frozenset[str]] | None, problems: Problems
) -> None:
    allowed = codes_of(path, answers)
    if paths().get(path) == "truth":
        allowed = frozenset({"true", "false"})
    if allowed is not None and code and code not in allowed:
        problems.add(where, not_allowed(code, allowed))


def _codes(
    path: str, table: Table[str, str | bool], where: str, answers: Table[str, frozenset[str]] | None,
    problems: Problems,
) -> Codes:  # fmt: skip
    exact: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    for theirs, value in table.items():
        ours, key = _plain(value), theirs.strip().casefold()
        if path in paths(frozenset(answers) if answers is not None else None):
            _check_code(path, ours, f"{where} codes.{path}.'{theirs[:60]}'", answers, problems)
        target = beginnings if key.endswith(_ANY) else exact
        key = key.removesuffix(_ANY)
        if key in target:
            problems.add(
                f"{where} codes.{path}", f"'{theirs[:60]}' stands twice (capitals are not told apart)"
            )
        target[key] = ours
    otherwise = beginnings.pop("", None)
    longest_first = sorted(beginnings.items(), key=lambda entry: (-len(entry[0]), entry[0]))
    return Codes(exact, tuple(longest_first), otherwise)
