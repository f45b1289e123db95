"""Files of flags: what other systems already know, as CSV with our own column names or as JSONL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from everycall.counted import counted
from everycall.errors import InputError, Problem, Problems, nearest
from everycall.flag import About, Flag, read_flag
from everycall.intake.checked import Checked, Entry, check, usable
from everycall.intake.files import Source, look_at, read_lines
from everycall.intake.table import find_delimiter, first_row, no_header, read_table_rows
from everycall.told_once import read_once, why_not

COLUMNS = (
    *(name for name in Flag.model_fields if name != "about"),
    *(f"about.{name}" for name in About.model_fields),
)
"""The columns a CSV of flags may have: ``kind``, ``source``, ``about.name``, ``about.postcode`` ..."""

_NEEDED = ("kind", "source", "recorded_on")


@dataclass(frozen=True, slots=True)
class FlagRow:
    """One flag of a file, with the row it stood in (the header is row 1)."""

    row_number: int
    flag: Flag


def check_flags(path: Path) -> Checked:
    """Read a whole file of flags and say what is wrong with it.

    Raises
    ------
    InputError
        When the file as a whole cannot be used: it is empty, no table, or has other columns than `COLUMNS`.
    """
    source = look_at(path, ("CSV", "JSONL"))
    return check(source, _read(source))


def stream_flags(path: Path, skip_bad_to: Path | None = None) -> Iterator[FlagRow]:
    """Return the flags of a file one at a time; ``skip_bad_to`` as in `stream_calls`."""
    source = look_at(path, ("CSV", "JSONL"))
    for entry, flag in usable(source, _read(source), skip_bad_to):
        yield FlagRow(entry.row_number, flag)


def _read(source: Source) -> Iterator[Entry[Flag]]:
    return _read_json(source) if source.kind == "JSONL" else _read_csv(source)


def _read_json(source: Source) -> Iterator[Entry[Flag]]:
    for number, line in enumerate(read_lines(source), 1):
        if not line.strip():
            continue
        where = f"{source.name}:{number}"
        try:
            data = read_once(line)
        except (ValueError, RecursionError) as error:
            yield Entry(number, None, (Problem(where, why_not(error)),), (), [line])
            continue
        yield _entry(data, number, where, [line])


def _read_csv(source: Source) -> Iterator[Entry[Flag]]:
    delimiter = find_delimiter(source, _NEEDED, 0)
    first = first_row(source, delimiter)
    header = [cell.strip() for cell in first.cells]
    _check_header(header, f"{source.name}:{first.number}")
    rows = read_table_rows(source, delimiter)
    next(rows)
    for row in rows:
        where = f"{source.name}:{row.number}"
        problem = row.problem
        if problem is None and len(row.cells) != len(header):
            problem = f"has {counted(len(row.cells), 'cell')} where the header has {len(header)}"
        if problem is not None:
            yield Entry(row.number, None, (Problem(where, problem),), (), row.cells)
            continue
        yield _entry(_nested(dict(zip(header, row.cells, strict=True))), row.number, where, row.cells)


def _check_header(header: list[str], where: str) -> None:
    problems = Problems()
    if not set(COLUMNS).intersection(header):
        raise no_header(where, len(header), ", ".join(_NEEDED))
    for name in header:
        if name not in COLUMNS:
            problems.add(where, f"unknown column '{name[:60]}'{nearest(name, COLUMNS)}")
    for needed in _NEEDED:
        if needed not in header:
            problems.add(where, f"the column '{needed}' is missing")
    if len(set(header)) < len(header):
        problems.add(where, "a column stands twice")
    problems.raise_if_any(f"{where.partition(':')[0]} cannot be used")


def _nested(cells: dict[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {"about": {}}
    for name, cell in cells.items():
        if not cell.strip():
            continue
        if name.startswith("about."):
            data["about"][name.removeprefix("about.")] = cell.strip()
        else:
            data[name] = cell.strip()
    return data


def _entry(data: Any, number: int, where: str, cells: list[str]) -> Entry[Flag]:
    try:
        return Entry(number, read_flag(data, where), (), (), cells)
    except InputError as error:
        return Entry(number, None, error.details, (), cells)
