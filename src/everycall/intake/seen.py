"""How often something stood in a file already, in constant memory: SQLite goes to disk when it grows."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from types import TracebackType

_AT_ONCE = 500
"""Values in one statement: SQLite takes no more than 32,766, older ones 999."""


class Seen:
    """Counts of texts, by a hash of 64 bits; used with ``with``, and forgotten afterwards.

    Two different texts among ten million share a hash with a chance of about 3 in a million (birthday bound:
    n^2 / 2^65); the effect would be a note too many, or a ref ending in ``-2`` that need not.
    """

    def __init__(self) -> None:
        self._counts = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._counts.execute("PRAGMA journal_mode=OFF")
        self._counts.execute(
            "CREATE TABLE seen (hash INTEGER PRIMARY KEY, times INTEGER NOT NULL, first INTEGER)"
        )
        self._counts.execute("BEGIN")
        self._batch = 0

    def __enter__(self) -> Seen:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._counts.close()

    def times(self, text: str) -> int:
        """Count ``text`` once more and return how often it has been counted: 1 the first time."""
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        row = self._counts.execute(
            "INSERT INTO seen (hash, times) VALUES (?, 1)"
            " ON CONFLICT (hash) DO UPDATE SET times = times + 1 RETURNING times",
            (int.from_bytes(digest, "big", signed=True),),
        ).fetchone()
        return int(row[0])

    def again(self, hashes: Sequence[int]) -> set[int]:
        """Return the places of those hashes that were told here before, or stand twice.

        Parameters
        ----------
        hashes
            Of 64 bits, signed.
        """
        self._batch += 1
        known: set[int] = set()
        new = 0
        for at in range(0, len(hashes), _AT_ONCE):
            some = hashes[at : at + _AT_ONCE]
            new += self._counts.execute(_insert(len(some)), (self._batch, *some)).rowcount
            if new < at + len(some):
                asked = f"SELECT hash FROM seen WHERE first < ? AND hash IN ({','.join('?' * len(some))})"
                known.update(row[0] for row in self._counts.execute(asked, (self._batch, *some)))
        if new == len(hashes):
            return set()
        places = set()
        for place, number in enumerate(hashes):
            if number in known:
                places.add(place)
            known.add(number)
        return places


@lru_cache(maxsize=2)
def _insert(many: int) -> str:
    """Return the statement that adds so many hashes, and passes over those that are there."""
    return f"INSERT OR IGNORE INTO seen VALUES {','.join([f'(?{n},1,?1)' for n in range(2, many + 2)])}"
