"""Rows of an import as PostgreSQL's ``COPY`` takes them in its binary form, but for the numbers that the store gives.

They are made in the processes that check and read; whoever stores puts the numbers in front and sends them on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from struct import Struct
from typing import Any, cast

import numpy as np

from everycall.store.prepared import MENTION_FACTS, VERSION_FACTS

Numbers = np.ndarray[Any, np.dtype[np.int64]]

BEGINNING = b"PGCOPY\n\xff\r\n\0" + bytes(8)
END = b"\xff\xff"
"""What stands before all rows and behind them."""

_PLACE = VERSION_FACTS.index("place")
_NUMBERS = ("id", "call_id", "known_from")
VERSION_COLUMNS = (*_NUMBERS, "version", *VERSION_FACTS[:_PLACE], *VERSION_FACTS[_PLACE + 1 :], "place")
"""The place is last: the others are there when a row is checked, it comes with the people."""
MENTION_COLUMNS = (*_NUMBERS, *MENTION_FACTS)

_NULL = b"\xff\xff\xff\xff"
_FIRST_VERSION = b"\0\0\0\4\0\0\0\1"
_KINDS = [8 if name in ("received_at", "attended_at", "closed_at") else 0 for name in VERSION_COLUMNS[4:-1]]
_MENTION_KINDS = [4 if name == "age" else 0 for name in MENTION_FACTS]
"""Bytes of a number; 0: a text."""


def text_cell(text: str | None) -> bytes:
    """Return a text as a cell."""
    if text is None:
        return _NULL
    told = text.encode()
    return len(told).to_bytes(4, "big") + told


@lru_cache(maxsize=65_536)
def _often(value: str | int | None) -> bytes:
    """Return a text, or a number of 32 bits, as a cell: one that comes again and again."""
    return _AGE.pack(4, value) if type(value) is int else text_cell(cast("str | None", value))


def _moment(number: int | None) -> bytes:
    return _NULL if number is None else _MOMENT.pack(8, number)


_SIZED = 1_024
_SIZES = [size.to_bytes(4, "big") for size in range(_SIZED)]
_AGE, _MOMENT = Struct(">ii"), Struct(">iq")


def version_cells(facts: tuple[Any, ...]) -> bytes:
    """Return the cells of a call's first version behind its numbers, without its place.

    Parameters
    ----------
    facts
        In the order of `VERSION_FACTS`.
    """
    (
        received, category, behaviours, answers, status, grade, attended, closed, closed_as, opened_as, _, role,
        sha256, payload, monitoring,
    ) = facts  # fmt: skip
    return b"".join(
        (
            _FIRST_VERSION, _moment(received), _often(category), _often(behaviours), _often(answers), _often(status),
            _often(grade), _moment(attended), _moment(closed), _often(closed_as), _often(opened_as), _often(role),
            text_cell(sha256), text_cell(payload), text_cell(monitoring),
        )
    )  # fmt: skip


def mention_cells(facts: tuple[Any, ...]) -> bytes:
    """Return the cells of a mention behind its numbers; ``facts`` in the order of `MENTION_FACTS`."""
    cells: list[bytes] = []
    put = cells.append
    for value in facts:
        if value is None:
            put(_NULL)
        elif type(value) is int:
            put(_often(value))
        else:
            told = value.encode()
            put(_SIZES[len(told)] if len(told) < _SIZED else len(told).to_bytes(4, "big"))
            put(told)
    return b"".join(cells)


def version_facts_in(cells: bytes, place: bytes) -> tuple[Any, ...]:
    """Return what `version_cells` was given, with a place as `text_cell` wrote it."""
    facts = _values(cells[len(_FIRST_VERSION) :], _KINDS)
    return (*facts[:_PLACE], *_values(place, [0]), *facts[_PLACE:])


def mention_facts_in(cells: bytes) -> tuple[Any, ...]:
    """Return what `mention_cells` was given."""
    return tuple(_values(cells, _MENTION_KINDS))


def _values(cells: bytes, sizes: Sequence[int]) -> list[Any]:
    values: list[Any] = []
    at = 0
    for size in sizes:
        many = int.from_bytes(cells[at : at + 4], "big", signed=True)
        cell = cells[at + 4 : at + 4 + max(many, 0)]
        at += 4 + len(cell)
        values.append(
            None if many < 0 else int.from_bytes(cell, "big", signed=True) if size else cell.decode()
        )
    return values


def numbered(columns: int, numbers: Sequence[Numbers]) -> np.ndarray[Any, Any]:
    """Return the beginnings of rows with so many columns: the numbers, of 64 bits, that stand in the first of them."""
    kinds = [("many", ">i2")]
    for n in range(len(numbers)):
        kinds += [(f"size{n}", ">i4"), (f"value{n}", ">i8")]
    rows = np.zeros(len(numbers[0]), dtype=kinds)
    rows["many"] = columns
    for n, values in enumerate(numbers):
        rows[f"size{n}"] = 8
        rows[f"value{n}"] = values
    return rows


def whole_rows(columns: int, numbers: Sequence[Numbers], *cells: Sequence[bytes]) -> bytes:
    """Return rows: of each its numbers, and then its cells."""
    rows = numbered(columns, numbers)
    heads = cast("list[bytes]", rows.view(f"V{rows.dtype.itemsize}").tolist())
    return b"".join(chain.from_iterable(zip(heads, *cells, strict=True)))
