"""What the logs of earlier calls say: kept once read, told apart from logs not yet read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.store.moments import to_number
from everycall.store.reading import listed, read, read_straight
from everycall.store.writing import insert, insert_many
from everycall.vulnerability.words.finding import Reading, WordFinding

_LOCK = 4_907_201_507
"""The number by which PostgreSQL knows the right to keep readings of logs; any would do."""

_CARRIED = frozenset({"present", "possible"})
"""Only what a later call may carry is kept; the log itself keeps the rest."""

ROW_COLUMNS = ("known_from", "lexicon_sha256", "tells_of_asb", "alleges", "findings")
"""What is kept of a reading beside the number of its version."""


class EarlierLog(NamedTuple):
    """What is kept of one earlier call for the judgement of vulnerability; findings None: log not yet read."""

    answers: Mapping[str, str]
    caller_role: str | None
    findings: tuple[WordFinding, ...] | None


def keep(
    connection: BaseDatabaseWrapper,
    readings: Sequence[tuple[int, Reading]],
    lexicon_sha256: str,
    at: datetime,
    new: bool = False,
) -> None:
    """Keep what was read in the logs of some versions of calls, inside the caller's transaction.

    Parameters
    ----------
    new
        Whether these versions were made just now, so that nothing of them can have been read before.
    """
    keep_rows(connection, [(n, *row_of(reading)) for n, reading in readings], lexicon_sha256, at, new)


def row_of(reading: Reading) -> tuple[bool, bool, str]:
    """Return what is kept of a reading: whether it tells of ASB, whether it alleges, and its findings as JSON."""
    return reading.tells_of_asb, reading.alleges, _kept(reading)


def keep_rows(
    connection: BaseDatabaseWrapper,
    rows: Sequence[tuple[int, bool, bool, str]],
    lexicon_sha256: str,
    at: datetime,
    new: bool = False,
) -> None:
    """Keep readings as `row_of` tells them, each after the number of its version; see `keep`."""
    if not new:
        _take_away(connection, [row[0] for row in rows])
    known_from = to_number(at)
    add = insert if new else insert_many
    add(
        connection,
        "words_read",
        ("call_version_id", *ROW_COLUMNS),
        [(number, known_from, lexicon_sha256, *row) for number, *row in rows],
    )


def _take_away(connection: BaseDatabaseWrapper, versions: Sequence[int]) -> None:
    with closing(connection.cursor()) as cursor:
        if connection.vendor == "postgresql":  # two that read the same logs keep them one after the other
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            cursor.execute("DELETE FROM words_read WHERE call_version_id = ANY(%s)", [list(versions)])
        else:
            statement = "DELETE FROM words_read WHERE call_version_id = %s"
            cursor.executemany(statement, [(number,) for number in versions])


def _kept(reading: Reading) -> str:
    """Return what a later call may carry, as JSON."""
    carried = [
        one._asdict() for one in reading.findings if one.kind == "indicator" and one.assertion in _CARRIED
    ]
    return json.dumps(carried, ensure_ascii=False) if carried else "[]"


_EARLIER = """
SELECT v.id, v.answers, v.caller_role, w.findings FROM {list}
{one call_version v: v.id = asked.value}
{maybe words_read w: w.call_version_id = v.id AND w.lexicon_sha256 = %s AND w.known_from <= %s}
"""


def earlier(
    connection: BaseDatabaseWrapper, versions: Sequence[int], lexicon_sha256: str, known_at: datetime
) -> dict[int, EarlierLog]:
    """Return what is kept of earlier calls; a log read with another lexicon counts as not yet read."""
    if not versions:
        return {}
    query, wanted = listed(connection, _EARLIER, versions)
    rows = read_straight(connection, query, [wanted, lexicon_sha256, to_number(known_at)])
    # one text is read faster than many
    told = json.loads(f"[{','.join([row[3] or 'null' for row in rows])}]")
    return {
        number: EarlierLog(
            _answers(answers), role, None if found is None else tuple([_finding(one) for one in found])
        )
        for (number, answers, role, _), found in zip(rows, told, strict=True)
    }


def _finding(kept: dict[str, Any]) -> WordFinding:
    """Return a finding as it was kept; one kept before there were all of its fields lacks some."""
    if tuple(kept) == WordFinding._fields:
        return WordFinding._make(kept.values())
    return WordFinding(**kept)


@lru_cache(maxsize=4_096)
def _answers(text: str) -> Mapping[str, str]:
    """Return answers, which are codes and nobody's data; kept, since there are few ways to have answered."""
    return MappingProxyType(json.loads(text))


def payloads(connection: BaseDatabaseWrapper, versions: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return the payloads of some versions of calls."""
    if not versions:
        return {}
    with closing(connection.cursor()) as cursor:
        cursor.execute(f"SELECT id, payload FROM call_version WHERE id IN ({','.join(map(str, versions))})")
        return {number: json.loads(payload) for number, payload in cursor.fetchall()}


def count_unread(connection: BaseDatabaseWrapper, lexicon_sha256: str, after: int = 0) -> int:
    """Count the calls whose log is not yet read with this lexicon; ``after`` as in `unread`."""
    return int(read(connection, f"SELECT COUNT(*) {_UNREAD}", [lexicon_sha256, after])[0][0])


_UNREAD = (
    "FROM call_version v WHERE v.known_until IS NULL AND NOT EXISTS "
    "(SELECT 1 FROM words_read w WHERE w.call_version_id = v.id AND w.lexicon_sha256 = %s) AND v.id > %s"
)


def unread(
    connection: BaseDatabaseWrapper, lexicon_sha256: str, many: int, after: int = 0
) -> Iterator[list[tuple[int, str]]]:
    """Yield chunks of calls whose log is not yet read, newest first: the numbers and payloads of their versions.

    Parameters
    ----------
    after
        Only versions with greater numbers: what came since.
    """
    before: list[int] = []
    while True:
        clause = " AND v.id < %s" if before else ""
        query = f"SELECT v.id, v.payload {_UNREAD}{clause} ORDER BY v.id DESC LIMIT %s"
        rows = read(connection, query, [lexicon_sha256, after, *before, many])
        if not rows:
            return
        yield [(number, payload) for number, payload in rows]
        before = [rows[-1][0]]


def last_version(connection: BaseDatabaseWrapper) -> int:
    """Return the number of the newest version of any call, 0 in an empty store."""
    return int(read(connection, "SELECT COALESCE(MAX(id), 0) FROM call_version")[0][0])
