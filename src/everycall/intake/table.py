"""A table row by row, whatever it is kept in: CSV with any of four delimiters, or Parquet."""

from __future__ import annotations

import csv
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from everycall.errors import InputError
from everycall.intake.files import LONGEST, Source, read_lines, refuse

DELIMITERS = (",", ";", "\t", "|")
_FOR_EXCEL = frozenset(f"sep={delimiter}" for delimiter in DELIMITERS)
"""A first line that only tells Excel the delimiter; it is no header."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number as a spreadsheet shows it (the header is row 1), and its cells.

    ``problem`` is set where the row could not be taken apart; then its text stands in the only cell.
    """

    number: int
    cells: list[str]
    problem: str | None = None


def read_table_rows(source: Source, delimiter: str) -> Iterator[TableRow]:
    """Return every row that is not blank, the header too, one at a time (constant memory)."""
    return _parquet_rows(source) if source.kind == "Parquet" else _csv_rows(source, delimiter)


def find_delimiter(source: Source, needed: Collection[str], positions: int) -> str:
    """Return the delimiter of a CSV, told from its first row.

    It is the one with which that row has the most of the columns that are needed by name, or enough of them
    for the highest position; between equals, the one that makes most cells, then the order of `DELIMITERS`.
    """
    if source.kind == "Parquet":
        return ","

    def fit(delimiter: str) -> tuple[int, bool, int]:
        first = next(_csv_rows(source, delimiter), None)
        cells = [cell.strip() for cell in first.cells] if first and first.problem is None else []
        return len(set(needed) & set(cells)), len(cells) >= positions, len(cells)

    return max(DELIMITERS, key=fit)  # max keeps the first of equals


class _Kept:
    """Lines on their way to the CSV reader, kept until their row is whole, to show a refused one."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._held: list[str] = []
        self._size = 0

    def __iter__(self) -> _Kept:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if self._size < LONGEST:
            self._held.append(line)
            self._size += len(line)
        return line

    def take(self) -> str:
        text = "".join(self._held)
        self.forget()
        return text

    def forget(self) -> None:
        self._held.clear()
        self._size = 0


def _csv_rows(source: Source, delimiter: str) -> Iterator[TableRow]:
    if csv.field_size_limit() < LONGEST:
        csv.field_size_limit(LONGEST)
    lines = _Kept(read_lines(source))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        lines.forget()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield TableRow(number, [lines.take()], _said(str(error)))
            continue
        if number == 1 and lines.take().strip("\r\n").lower() in _FOR_EXCEL:
            continue
        if any(not cell.isspace() for cell in cells if cell):
            yield TableRow(number, cells)


def _said(error: str) -> str:
    if "field larger" in error:
        return f"a cell has more than {LONGEST:,} characters; a quotation mark may not be closed"
    return "a quotation mark is not closed, or stands inside a cell without being doubled"


def _parquet_rows(source: Source) -> Iterator[TableRow]:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        problem = "Parquet is read with pyarrow, which is not installed (pip install pyarrow)"
        raise refuse(source.name, problem) from None
    try:
        with ParquetFile(source.path) as table:
            names = list(table.schema_arrow.names)
            yield TableRow(1, names)
            number = 1
            for batch in table.iter_batches(batch_size=1_000):
                columns = [column.to_pylist() for column in batch.columns]
                for values in zip(*columns, strict=True):
                    number += 1
                    named = zip(names, values, strict=True)
                    nested = [name for name, value in named if isinstance(value, list | dict | bytes)]
                    wrong = f"column '{nested[0]}' holds no plain value" if nested else None
                    yield TableRow(number, [_plain(value) for value in values], wrong)
    except (ArrowException, OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise refuse(source.name, "is a damaged Parquet file, or is broken off") from None


def _plain(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def first_row(source: Source, delimiter: str) -> TableRow:
    """Return the header, or the first row of a file without one; raise `InputError` when there is no row."""
    for row in islice(read_table_rows(source, delimiter), 1):
        if row.problem:
            raise refuse(f"{source.name}:{row.number}", row.problem)
        return row
    raise refuse(source.name, "is empty")


def no_header(where: str, columns: int, wanted: str) -> InputError:
    """Return the refusal of a table without one known column, whose first row may be a person's: it is not quoted."""
    known = (
        "1 column, which has no known name" if columns == 1 else f"{columns} columns, none of a known name"
    )
    problem = f"has {known}; is its header line missing? See {wanted}"
    return refuse(where, problem)
