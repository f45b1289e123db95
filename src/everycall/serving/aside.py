"""Calls that wait while the store is away: each a file, in order, until it is recorded.

They hold what was said on calls. The folder is for the server's own user alone, and stands on an encrypted disk.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from everycall.store.merging import merge, without


@dataclass(frozen=True, slots=True)
class Waiting:
    """One call that waits: the file it stands in, and what it holds."""

    path: Path
    told: dict[str, Any]


class Aside:
    """A folder of calls that wait to be recorded.

    Parameters
    ----------
    folder
        Made when the first call is put there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, ref: str, told: dict[str, Any]) -> None:
        """Keep a call until it is recorded: it is on the disk when this returns.

        Raises
        ------
        OSError
            When even this cannot be written.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._alone("numbering"):
            number = max((int(path.name[:12]) for path in self._files()), default=0) + 1
            name = f"{number:012}-{_short(ref)}-{uuid4().hex}"
            beside = self._folder / f".{name}"
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(told, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            beside.rename(self._folder / f"{name}.json")
            self._flush()

    def waits(self, ref: str) -> bool:
        """Say whether something of this call waits: then what is told of it now must wait behind it."""
        short = _short(ref)
        return any(name[13:29] == short for name in self._names())

    def many(self) -> int:
        """Return how many wait."""
        return len(self._names())

    def facts(self, ref: str) -> dict[str, Any]:
        """Return what was told of a call while the store was away, the later over the earlier."""
        known: dict[str, Any] = {}
        for path in sorted(self._files()):
            if path.name[13:29] == _short(ref):
                told = _read(path)
                if told is not None:
                    known = without(merge(known, told["facts"]), [tuple(one) for one in told["gone"]])
        return known

    @contextmanager
    def in_order(self) -> Iterator[Iterator[Waiting]]:
        """Yield those that wait, in the order they were told, to one process at a time; to another none."""
        if not self._files():
            yield iter(())
            return
        with self._alone("bringing-back", wait=False) as mine:
            yield self._each() if mine else iter(())

    def done(self, one: Waiting) -> None:
        """Let go of a call that is recorded."""
        one.path.unlink(missing_ok=True)
        self._flush()

    def refuse(self, one: Waiting) -> None:
        """Put a call away that can never be recorded as it stands, for a person to look at."""
        one.path.rename(one.path.with_suffix(".refused"))

    def _each(self) -> Iterator[Waiting]:
        for path in sorted(self._files()):
            told = _read(path)
            if told is None:
                path.rename(path.with_suffix(".refused"))
            else:
                yield Waiting(path, told)

    def _files(self) -> list[Path]:
        return [self._folder / name for name in self._names()]

    def _names(self) -> list[str]:
        try:
            # asked in each call: a path made of each name, and of none, takes several times as long
            return [name for name in os.listdir(self._folder) if name.endswith(".json")]  # noqa: PTH208
        except FileNotFoundError:
            return []

    def _flush(self) -> None:
        if os.name == "posix":
            handle = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    @contextmanager
    def _alone(self, what: str, wait: bool = True) -> Iterator[bool]:
        """Hold a lock that processes share; the system lets go of it when a process ends."""
        try:
            import fcntl
        except ImportError:  # one process serves there
            yield True
            return
        handle = os.open(self._folder / f".{what}", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True
        finally:
            os.close(handle)


def _short(ref: str) -> str:
    return sha256(ref.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _read(path: Path) -> dict[str, Any] | None:
    """Return what a file holds; None for one that is damaged."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except ValueError:
        return None
    return told if isinstance(told, dict) and {"ref", "facts", "gone", "assessment"} <= set(told) else None
