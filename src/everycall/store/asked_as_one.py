"""Several small questions asked of PostgreSQL as one statement, and its answer taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from everycall.store.straight import Statement

Columns = tuple[str, ...]
"""Of what types the columns of a question's answer are."""


def as_one(questions: Sequence[Statement], columns: Sequence[Columns]) -> Statement:
    """Return one question that asks all of these; `taken_apart` takes its answer apart."""
    values = [value for _, its_values in questions for value in its_values]
    return _one_text(tuple([text for text, _ in questions]), tuple(columns)), values


def taken_apart(rows: Sequence[tuple[Any, ...]], columns: Sequence[Columns]) -> list[list[tuple[Any, ...]]]:
    """Return each question's rows, as it would have been answered by itself."""
    found: list[list[tuple[Any, ...]]] = [[] for _ in columns]
    starts = [1]
    for one in columns:
        starts.append(starts[-1] + len(one))
    for row in rows:
        number = row[0]
        found[number].append(row[starts[number] : starts[number + 1]])
    return found


@lru_cache(maxsize=64)
def _one_text(texts: tuple[str, ...], columns: tuple[Columns, ...]) -> str:
    """Return a union of questions in which each has columns of its own, so that none need be of another's type."""
    nothing = [", ".join([f"NULL::{one}" for one in types]) for types in columns]
    return " UNION ALL ".join(
        [
            f"SELECT {', '.join([f'{number}::int', *nothing[:number], 'its.*', *nothing[number + 1 :]])} "
            f"FROM ({text}) AS its"
            for number, text in enumerate(texts)
        ]
    )
