"""Files made in parts, one for each neighbourhood, and put together in order of time without being held."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

BY_TIME = (
    "calls.csv", "calls.jsonl", "truth.jsonl", "truth/mentions.csv", "truth/asked.csv", "truth/knowable.csv",
)  # fmt: skip
"""Files with one entry (which may be empty) for each call, in order of time."""

IN_TURN = (
    "flags.csv", "flags.jsonl", "truth/flags.csv", "truth/people.csv", "truth/households.csv",
    "truth/stays.csv", "truth/changes.csv", "truth/circumstances.csv", "truth/events.csv",
)  # fmt: skip
"""Files in which one neighbourhood stands after the other."""


class PartWriter:
    """Writes one neighbourhood's parts of all files.

    Entries of the files by time must all be written, for each call, in order of time.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._seconds = array("q")
        self._by_time: dict[str, list[bytes]] = {file: [] for file in BY_TIME}
        self._in_turn: dict[str, StringIO] = {file: StringIO(newline="") for file in IN_TURN}
        self._rows = {file: csv.writer(text) for file, text in self._in_turn.items()}

    def call(self, second: int, entries: Sequence[str]) -> None:
        """Add one call's entry in each of the files by time, in their order."""
        self._seconds.append(second)
        for lines, entry in zip(self._by_time.values(), entries, strict=True):
            lines.append(entry.encode())

    def add(self, file: str, text: str) -> None:
        """Add text to one of the files in turn."""
        self._in_turn[file].write(text)

    def row(self, file: str, cells: Iterable[Any]) -> None:
        """Add a row to one of the files in turn that are CSV."""
        self._rows[file].writerow(cells)

    def close(self) -> None:
        """Write the parts to the folder."""
        self._path("seconds").write_bytes(self._seconds.tobytes())
        for file, lines in self._by_time.items():
            with self._path(file).open("wb") as out:
                out.writelines(lines)
            self._path(file, ".sizes").write_bytes(array("I", map(len, lines)).tobytes())
        for file, text in self._in_turn.items():
            self._path(file).write_bytes(text.getvalue().encode())

    def _path(self, file: str, end: str = "") -> Path:
        return part_path(self._folder, self._name, file, end)


def part_path(folder: Path, name: str, file: str, end: str = "") -> Path:
    """Return where the part of a file with this name lies."""
    return folder / f"{name}-{file.replace('/', '-')}{end}"


def order_of(folder: Path, names: Sequence[str]) -> array[int]:
    """Return, for every call of all parts in order of time, the index of the part that holds it."""
    many = len(names)
    keys: list[int] = []
    for index, name in enumerate(names):
        seconds: array[int] = array("q")
        seconds.frombytes(part_path(folder, name, "seconds").read_bytes())
        keys += [second * many + index for second in seconds]
    keys.sort()
    return array("H", [key % many for key in keys])


def merge_by_time(
    folder: Path, names: Sequence[str], file: str, order: Iterable[int], out: Path, head: str
) -> None:
    """Put the parts of a file together in order of time, then remove them."""
    entries = [_entries(folder, name, file).__next__ for name in names]
    with out.open("wb", buffering=1 << 20) as whole:
        whole.write(head.encode())
        whole.writelines(entries[index]() for index in order)
    for name in names:
        part_path(folder, name, file).unlink()
        part_path(folder, name, file, ".sizes").unlink()


def _entries(folder: Path, name: str, file: str) -> Iterator[bytes]:
    sizes: array[int] = array("I")
    sizes.frombytes(part_path(folder, name, file, ".sizes").read_bytes())
    with part_path(folder, name, file).open("rb") as part:
        for size in sizes:
            yield part.read(size)


def join_in_turn(folder: Path, names: Sequence[str], file: str, out: Path, head: str) -> None:
    """Put the parts of a file together one after the other, then remove them."""
    with out.open("wb") as whole:
        whole.write(head.encode())
        for name in names:
            part = part_path(folder, name, file)
            whole.write(part.read_bytes())
            part.unlink()
