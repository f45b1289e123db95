"""How often something stood in a file already, in constant memory: SQLite goes to disk when it grows."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
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
        self._counts.execute("CREATE TABLE seen (hash INTEGER PRIMARY KEY, times INTEGER NOT NULL)")
        self._counts.execute("BEGIN")

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
            "INSERT INTO seen VALUES (?, 1)"
            " ON CONFLICT (hash) DO UPDATE SET times = times + 1 RETURNING times",
            (int.from_bytes(digest, "big", signed=True),),
        ).fetchone()
        return int(row[0])

    def again(self, hashes: Sequence[int]) -> set[int]:
        """Count many hashes once more and return the places of those that were counted before, or stand twice.

        Parameters
        ----------
        hashes
            Of 64 bits, signed.
        """
        known: set[int] = set()
        for at in range(0, len(hashes), _AT_ONCE):
            some = hashes[at : at + _AT_ONCE]
            query = f"SELECT hash FROM seen WHERE hash IN ({','.join('?' * len(some))})"
            known.update(row[0] for row in self._counts.execute(query, some))
        places = set()
        for place, number in enumerate(hashes):
            if number in known:
                places.add(place)
            known.add(number)
        self._counts.executemany(
            "INSERT INTO seen VALUES (?, 1) ON CONFLICT (hash) DO UPDATE SET times = times + 1",
            [(number,) for number in hashes],
        )
        return places
