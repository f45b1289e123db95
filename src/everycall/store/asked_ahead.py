"""Questions that PostgreSQL is sent ahead, to be answered while we reckon with something else.

Only the time is another: who asks later gets the answer to the very same question with the very same values, once,
and within the same call. SQLite answers in our own process, and is asked when its answer is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import StoreError
from everycall.store.asked_as_one import Columns, as_one, taken_apart
from everycall.store.driver import driver_of
from everycall.store.in_time import within
from everycall.store.straight import Sent, may_go_straight

_Rows = list[tuple[Any, ...]]
_Answer = tuple[str, Sequence[Any], _Rows | StoreError]
_answers: WeakKeyDictionary[BaseDatabaseWrapper, list[_Answer]] = WeakKeyDictionary()


def can_ask_ahead(connection: BaseDatabaseWrapper) -> bool:
    """Say whether questions can be sent ahead here: PostgreSQL, no pooler, and no transaction of ours."""
    return may_go_straight(connection)


@contextmanager
def asked_ahead(
    connection: BaseDatabaseWrapper,
    questions: Sequence[tuple[str, Sequence[Any]]],
    most_ms: int | None,
    columns: Sequence[Columns] = (),
) -> Iterator[None]:
    """Send questions, and have their answers when the block ends; the block itself may ask nothing.

    When one of them fails, those after it are not known, and are asked again by whoever wants them: what is wrong
    comes up there.

    Parameters
    ----------
    questions
        Queries and their values; the first has no limit.
    most_ms
        How long is waited for the others once the block has ended; None: as long as it takes. Whoever wants what
        took longer is told so.
    columns
        Of each of the first questions, which go as one, of what types its columns are.
    """
    driver = driver_of(connection)
    sent: Sent | None = None
    with suppress(DatabaseError), connection.wrap_database_errors:
        together = [as_one(questions[: len(columns)], columns)] if columns else []
        sent = Sent(driver, [*together, *questions[len(columns) :]])
    try:
        yield
    finally:
        if sent is not None:
            _answers[connection] = _answered(connection, questions, sent, most_ms, columns)


def _answered(
    connection: BaseDatabaseWrapper,
    questions: Sequence[tuple[str, Sequence[Any]]],
    sent: Sent,
    most_ms: int | None,
    columns: Sequence[Columns],
) -> list[_Answer]:
    waiting = nullcontext() if most_ms is None else within(connection, most_ms)
    answers: list[Any] = []
    too_long: StoreError | None = None
    try:
        with suppress(DatabaseError), waiting, connection.wrap_database_errors:
            answers = sent.answers()
            if sent.refused is not None:
                raise sent.refused
    except StoreError as error:
        too_long = error
    if columns and answers:
        first, *others = answers
        apart: list[Any] = taken_apart(first, columns) if isinstance(first, list) else [first] * len(columns)
        answers = [*apart, *others]
    found: list[_Answer] = []
    for number, (query, values) in enumerate(questions):
        if number < len(answers) and isinstance(answers[number], list):
            found.append((query, values, answers[number]))
        elif too_long is not None and number > 0:
            found.append((query, values, too_long))
    return found


def answered(connection: BaseDatabaseWrapper, query: str, values: Sequence[Any]) -> _Rows | None:
    """Return the answer to a question that was asked ahead, once; None where it was not."""
    known = _answers.get(connection)
    if not known:
        return None
    for number, (one, its_values, rows) in enumerate(known):
        if one == query and its_values == values:
            del known[number]
            if isinstance(rows, StoreError):
                raise rows
            return rows
    return None


def forget(connection: BaseDatabaseWrapper) -> None:
    """Forget what was asked ahead and not wanted: what is read from now on is asked anew."""
    _answers.pop(connection, None)
