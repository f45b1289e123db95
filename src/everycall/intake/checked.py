"""What a whole file holds: each row read or refused, problems gathered, the good ones told one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from everycall.counted import counted
from everycall.errors import InputError, Problem
from everycall.intake.files import Source, refuse
from everycall.intake.refused import Refused

MOST_TOLD = 1_000
"""Problems, and notes, that are kept; of what comes after only the number is."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """One row: what it was read as, or None with the reasons; and its cells as they stood."""

    row_number: int
    item: T | None
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    cells: list[str]


class Some:
    """The first thousand problems of many, and the number of the rest."""

    def __init__(self) -> None:
        self.kept: list[Problem] = []
        self.more = 0

    def add(self, problems: Iterable[Problem]) -> None:
        """Keep ``problems``, or count them when there are enough."""
        for problem in problems:
            if len(self.kept) < MOST_TOLD:
                self.kept.append(problem)
            else:
                self.more += 1


@dataclass(frozen=True, slots=True)
class Checked:
    """What a whole file holds.

    Parameters
    ----------
    rows
        Rows that are not blank, the header left out.
    usable
        Those of them that can be stored; the others are refused.
    problems, more_problems
        The first `MOST_TOLD` reasons for refusing, and how many there are besides.
    notes, more_notes
        What was taken all the same, and how.
    """

    name: str
    rows: int
    usable: int
    problems: tuple[Problem, ...]
    more_problems: int
    notes: tuple[Problem, ...]
    more_notes: int

    @property
    def refused(self) -> int:
        """Return how many rows cannot be used."""
        return self.rows - self.usable

    def raise_if_any(self) -> None:
        """Raise `InputError` with the problems, when there is one."""
        if self.problems:
            rows = counted(self.rows, "row")
            said = f"{self.refused:,} of {rows} of {self.name} cannot be used; nothing was stored"
            more = f"and {counted(self.more_problems, 'more problem')}"
            rest = [Problem(self.name, more)] if self.more_problems else []
            raise InputError(said, (*self.problems, *rest))


def check(source: Source, entries: Iterable[Entry[T]], afterwards: Some | None = None) -> Checked:
    """Read all ``entries`` and gather what is wrong with them, in bounded memory.

    Parameters
    ----------
    afterwards
        Notes that the reading of the entries makes about the file as a whole.

    Raises
    ------
    InputError
        When the file has no rows.
    """
    problems, notes = Some(), Some()
    rows = usable = 0
    notes.add(source.notes)
    for entry in entries:
        rows += 1
        usable += entry.item is not None
        problems.add(entry.problems)
        notes.add(entry.notes)
    if not rows:
        raise refuse(source.name, "has no rows")
    if afterwards is not None:
        notes.add(afterwards.kept)
    return Checked(
        source.name, rows, usable, tuple(problems.kept), problems.more, tuple(notes.kept), notes.more
    )


def usable(
    source: Source, entries: Iterable[Entry[T]], skip_bad_to: Path | None
) -> Iterator[tuple[Entry[T], T]]:
    """Return the rows that can be used, each with what it was read as.

    Parameters
    ----------
    skip_bad_to
        Where to write the rows that cannot be used, with their reasons (``.csv`` or ``.jsonl``); None: there
        are none, since the file has been checked.

    Raises
    ------
    InputError
        At a row that cannot be used, when ``skip_bad_to`` is not given.
    """
    if skip_bad_to is None:
        for entry in entries:
            if entry.item is None:
                raise InputError(f"{source.name} cannot be used", entry.problems)
            yield entry, entry.item
        return
    with Refused(skip_bad_to, source.path) as refused:
        for entry in entries:
            if entry.item is None:
                refused.write(entry.row_number, entry.problems, entry.cells)
            else:
                yield entry, entry.item
