"""The live feed: files of calls taken from a folder as they come, each once, then put away with what was wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from everycall.counted import counted
from everycall.errors import InputError, Problem
from everycall.force import Force
from everycall.intake.mapping import Mapping
from everycall.loading.calls import checked_calls, take_checked
from everycall.loading.checking import CheckedFile, write_refused
from everycall.loading.files import Loaded
from everycall.loading.words import read_words
from everycall.store import words

DONE = "done"
REFUSED = "refused"

UNFINISHED = (".part", ".partial", ".tmp", ".filepart", ".crdownload", ".writing")
"""Endings by which programs mark a file that is still being written."""


_NOTE = ".everycall-reading"
"""A file in the folder that is there while calls may be stored whose logs are not read yet."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file.

    Parameters
    ----------
    problems
        Why rows were refused, or the whole file.
    loaded
        What was stored; None: nothing was.
    """

    name: str
    loaded: Loaded | None
    problems: tuple[Problem, ...]


@dataclass
class Folder:
    """A folder that is watched.

    Parameters
    ----------
    path
        Where the files come; ``done`` and ``refused`` are made in it.
    settled_after
        Seconds for which a file must not have changed before it is taken.
    """

    path: Path
    settled_after: float
    _seen: dict[str, tuple[tuple[int, int], float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the folders in which files are put away; `InputError` when that cannot be."""
        try:
            for name in (DONE, REFUSED):
                (self.path / name).mkdir(exist_ok=True)
        except OSError as error:
            raise InputError(f"{self.path.name} cannot be watched ({error.strerror})") from None

    def waiting(self) -> list[Path]:
        """Return every file that is there to be taken, finished or not, by name."""
        found = [
            path
            for path in self.path.iterdir()
            if path.is_file() and not path.name.startswith(".") and path.suffix.lower() not in UNFINISHED
        ]
        return sorted(found, key=lambda path: path.name)

    def settled(self, seconds: float) -> list[Path]:
        """Return the files that have not changed for long enough.

        Parameters
        ----------
        seconds
            A clock that only goes forward.
        """
        ready, seen = [], {}
        for path in self.waiting():
            try:
                at = path.stat()
            except OSError:
                continue  # somebody else took it away
            mark = (at.st_size, at.st_mtime_ns)
            before = self._seen.get(path.name)
            since = before[1] if before and before[0] == mark else seconds
            seen[path.name] = (mark, since)
            if seconds - since >= self.settled_after:
                ready.append(path)
        self._seen = seen
        return ready

    def read_after(self, version: int) -> int:
        """Note up to which version of a call logs were read, unless an earlier run, broken off, has noted one."""
        note = self.path / _NOTE
        try:
            return int(note.read_text("ascii"))
        except (OSError, ValueError):
            _write(note, str(version))
            return version

    def all_read(self) -> None:
        """Forget the note: every log that came is read."""
        (self.path / _NOTE).unlink(missing_ok=True)

    def put_away(self, path: Path, folder: str) -> Path:
        """Move a file into ``done`` or ``refused``; one of the same name there is never overwritten."""
        to = free_name(self.path / folder, path.name)
        os.rename(path, to)  # noqa: PTH104 - within one file system: there or here, never half
        return to


def free_name(folder: Path, name: str) -> Path:
    """Return where a file of this name can stand: ``calls-2.csv`` where ``calls.csv`` is taken."""
    stem, dot, endings = name.partition(".")
    to, number = folder / name, 1
    while to.exists():
        number += 1
        to = folder / f"{stem}-{number}{dot}{endings}"
    return to


def take_files(
    folder: Folder,
    files: Iterable[Path],
    force: Force,
    mapping: Mapping | None,
    clock: Callable[[], datetime],
    skip_bad: bool = False,
    told: Callable[[int], None] = lambda rows: None,
) -> Iterator[Taken]:
    """Take files one after the other, read their logs, and put each away.

    A file is put away only when all that is in it is stored: stopped at any moment, it is taken again, and what is
    stored already is not stored twice.

    Parameters
    ----------
    skip_bad
        Take the good rows of a file with bad ones, and keep those apart; otherwise such a file is refused whole.
    told
        Told how many more rows are done, between two transactions; may raise, to stop there.

    Raises
    ------
    StoreError, django.db.DatabaseError
        When the store cannot be written: the file stays where it is.
    """
    for path in files:
        after = folder.read_after(words.last_version(force.store.connection))
        try:
            with checked_calls([path], mapping, force, told) as ((found,), aside):
                good = found.checked.usable and (skip_bad or not found.checked.problems)
                loaded = take_checked([found], aside, force, clock, told) if good else None
                if good and found.checked.problems:
                    write_refused(found, aside.spool, free_name(folder.path / REFUSED, _of_refused(path)))
                problems = _problems(found)
        except InputError as error:
            loaded, problems = None, error.details or (Problem(path.name, error.message),)
        if loaded is not None:
            read_words(force, clock, told, after)
        folder.all_read()
        yield _put_away(folder, path, loaded, problems)


def _put_away(folder: Folder, path: Path, loaded: Loaded | None, problems: tuple[Problem, ...]) -> Taken:
    try:
        if problems:
            reasons = free_name(folder.path / REFUSED, f"{path.name}.reasons.txt")
            _write(reasons, "".join(f"{problem}\n" for problem in problems))
        folder.put_away(path, REFUSED if loaded is None else DONE)
    except FileNotFoundError:
        pass  # another watcher took the same file: what both stored is there once
    except OSError as error:
        raise InputError(f"{path.name} cannot be put away ({error.strerror})") from None
    return Taken(path.name, loaded, problems)


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
        stream.write(text)


def _problems(found: CheckedFile) -> tuple[Problem, ...]:
    checked = found.checked
    if not checked.more_problems:
        return checked.problems
    return (*checked.problems, Problem(checked.name, f"and {counted(checked.more_problems, 'problem')} more"))


def _of_refused(path: Path) -> str:
    stem, _, endings = path.name.partition(".")
    return f"{stem}.refused.{'jsonl' if 'jsonl' in endings or 'ndjson' in endings else 'csv'}"
