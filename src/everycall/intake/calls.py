"""Whole files of calls: checked first, then told one call at a time; storing them is the store's part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from everycall.call import Call
from everycall.errors import Problem
from everycall.intake.batches import Answers, open_rows
from everycall.intake.checked import Checked, Entry, check, usable
from everycall.intake.files import Source, look_at, refuse
from everycall.intake.mapping import Mapping
from everycall.intake.seen import Seen

REF_AGAIN = "this ref stood above already; the later row is the newer version"


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call of a file, with the row it stood in (the header is row 1) and what was noted about it."""

    row_number: int
    call: Call
    notes: tuple[Problem, ...]


def check_calls(path: Path, mapping: Mapping | None = None, answers: Answers | None = None) -> Checked:
    """Read a whole file of calls and say what is wrong with it; memory stays bounded, however long it is.

    Parameters
    ----------
    path
        CSV, JSONL or Parquet; ``.gz`` allowed for the first two.
    mapping
        The force's own columns; None: our own field paths.
    answers
        The questions that may be answered, with their answers; the published ones when not given.

    Raises
    ------
    InputError
        When the file as a whole cannot be used: it is empty, no table, or its columns are not the mapping's.
    """
    source = look_at_calls(path, mapping)
    return check(source, _with_repeats_noted(source, _read(source, mapping, answers)))


def stream_calls(
    path: Path,
    mapping: Mapping | None = None,
    answers: Answers | None = None,
    skip_bad_to: Path | None = None,
) -> Iterator[CallRow]:
    """Return the calls of a file one at a time, in its order; see `check_calls` for the parameters.

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
    source = look_at_calls(path, mapping)
    for entry, call in usable(source, _read(source, mapping, answers), skip_bad_to):
        yield CallRow(entry.row_number, call, entry.notes)


def look_at_calls(path: Path, mapping: Mapping | None) -> Source:
    """Find out what a file of calls is; raise `InputError` when it cannot be one."""
    source = look_at(path, ("CSV", "JSONL", "Parquet"), mapping.encoding if mapping else "auto")
    if source.kind == "JSONL" and mapping is not None:
        raise refuse(source.name, "a mapping is for a table (CSV or Parquet); JSONL holds calls as they are")
    return source


def _with_repeats_noted(source: Source, entries: Iterator[Entry[Call]]) -> Iterator[Entry[Call]]:
    with Seen() as refs:
        for entry in entries:
            if entry.item is not None and refs.times(entry.item.ref) > 1:
                note = Problem(f"{source.name}:{entry.row_number} ref", REF_AGAIN)
                yield replace(entry, notes=(*entry.notes, note))
            else:
                yield entry


def _read(source: Source, mapping: Mapping | None, answers: Answers | None) -> Iterator[Entry[Call]]:
    reader, rows = open_rows(source, mapping, answers)
    return map(reader.read, rows)
