"""Reading data files strictly: unknown keys, wrong types and ragged rows are problems, all told together."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from everycall.counted import counted
from everycall.errors import Problems, nearest, problems_of


def _written_as(kind: type, words: str) -> BeforeValidator:
    """Return a check that the file writes a value as what it is: ``"65"`` is no number."""

    def check(value: object) -> object:
        if type(value) is not kind:
            raise ValueError(f"must be {words}")
        return value

    return BeforeValidator(check)


Whole = Annotated[int, _written_as(int, "a whole number")]
TrueOrFalse = Annotated[bool, _written_as(bool, "true or false")]


class Data(BaseModel):
    """A table of a data file: no unknown keys, no coercion of types, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


D = TypeVar("D", bound=BaseModel)


@dataclass(frozen=True)
class Row:
    """One row of a table: ``where`` is ``file.csv:line``; every column of the header has a (trimmed) cell."""

    where: str
    cells: dict[str, str]


def _text(path: Path, problems: Problems) -> str | None:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        problems.add(path.name, "is not UTF-8 text")
    except OSError as error:
        problems.add(path.name, f"cannot be read ({error.strerror})")
    return None


def _names(model: type[BaseModel]) -> set[str]:
    names: set[str] = set()
    seen: set[type[BaseModel]] = set()
    todo: list[type[BaseModel]] = [model]
    while todo:
        one = todo.pop()
        seen.add(one)
        names |= set(one.model_fields)
        for field in one.model_fields.values():
            todo += [m for m in _models_in(field.annotation) if m not in seen]
    return names


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models_in(part)


def read_toml(path: Path, model: type[D], problems: Problems) -> D | None:
    """Read a TOML file into ``model``; on any problem add it, named by file and key, and return None."""
    text = _text(path, problems)
    if text is None:
        return None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.add(path.name, f"is not TOML: {error}")
        return None
    try:
        # as JSON, since strict Python input refuses a list where a tuple is declared; types are still exact
        return model.model_validate_json(json.dumps(data, default=str), strict=True)
    except ValidationError as error:
        problems.extend(
            problems_of(error.errors(include_url=False, include_input=False), _names(model), path.name)
        )
        return None


def read_table(path: Path, required: Sequence[str], allowed: Sequence[str], problems: Problems) -> list[Row]:
    """Read a CSV file with a header; rows beginning with ``#`` and empty rows are passed over.

    Parameters
    ----------
    required
        Columns that must stand in the header.
    allowed
        Columns that may stand there (the required ones included).
    """
    text = _text(path, problems)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text), skipinitialspace=True)
    header: list[str] | None = None
    rows = []
    for cells in reader:
        where = f"{path.name}:{reader.line_num}"
        if not any(cell.strip() for cell in cells) or cells[0].lstrip().startswith("#"):
            continue
        if header is None:
            header = [cell.strip() for cell in cells]
            for column in header:
                if column not in allowed:
                    problems.add(where, f"unknown column '{column}'{nearest(column, allowed)}")
            for column in required:
                if column not in header:
                    problems.add(where, f"the column '{column}' is missing")
            if len(set(header)) < len(header):
                problems.add(where, "a column stands twice")
        elif len(cells) != len(header):
            problems.add(where, f"has {counted(len(cells), 'cell')} where the header has {len(header)}")
        else:
            rows.append(Row(where, dict(zip(header, (cell.strip() for cell in cells), strict=True))))
    if header is None:
        problems.add(path.name, "is empty")
    return rows
