"""The history as the identity room asks for it: who shares a key, how far it reaches, what people have said.

Cursors, not the ORM: a 22-row fetch takes 37 microseconds by cursor and 261 by ORM (design.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.identity.history import Candidates, PastCall, PastMention, Reach
from everycall.identity.keys import Key
from everycall.identity.mention import Mention
from everycall.localtime import start_of_day
from everycall.store.moments import from_number, to_number
from everycall.store.reading import read
from everycall.store.reference import day

_ROWS = """
SELECT m.id, m.which, m.role, m.forenames, m.surname, m.born, m.age, m.phone, m.email, m.postcode, m.dwelling,
       m.building, m.street, m.uprn, m.place, m.flag_id,
       v.id, c.ref, v.received_at, v.category, v.behaviours, v.status, v.grade_given, v.attended_at, v.closed_at,
       v.closed_as, v.opened_as, v.place, w.tells_of_asb, w.alleges,
       f.kind, f.recorded_on, f.expires_on
FROM mention m
LEFT JOIN call_version v ON v.call_id = m.call_id AND v.known_from <= %s
      AND (v.known_until IS NULL OR v.known_until > %s)
LEFT JOIN call c ON c.id = m.call_id
LEFT JOIN words_read w ON w.call_version_id = v.id AND w.known_from <= %s
LEFT JOIN flag f ON f.id = m.flag_id
WHERE m.id IN ({ids}) AND m.known_from <= %s AND (m.known_until IS NULL OR m.known_until > %s)
  AND (m.flag_id IS NOT NULL OR (v.received_at <= %s AND c.ref <> %s))
"""


@lru_cache(maxsize=65_536)
def _day(text: str | date | None) -> date | None:
    if text is None or isinstance(text, date):
        return text
    return date.fromisoformat(text)


@lru_cache(maxsize=4_096)
def _behaviours(text: str) -> frozenset[str]:
    return frozenset(text.split(" ")) if text else frozenset()


class StoredHistory:
    """The history in one database (implements `everycall.identity.history.History`).

    Parameters
    ----------
    connection
        An open store.
    most_a_key
        How many mentions one key may bring, the newest first.
    """

    def __init__(self, connection: BaseDatabaseWrapper, most_a_key: int) -> None:
        self._connection = connection
        self._most = most_a_key

    def candidates(self, keys: Sequence[Key], ref: str, before: datetime, known_at: datetime) -> Candidates:
        """Return who shares a key, in calls other than ``ref`` received no later than ``before``."""
        ids, capped = self._sharing(keys)
        if not ids:
            return Candidates((), capped)
        known, until = to_number(known_at), to_number(before)
        numbers = ",".join(map(str, sorted(ids)))
        rows = read(
            self._connection, _ROWS.format(ids=numbers), [known, known, known, known, known, until, ref]
        )
        calls: dict[int, PastCall] = {}
        return Candidates(tuple(_past(row, calls) for row in sorted(rows, key=itemgetter(0))), capped)

    def _sharing(self, keys: Sequence[Key]) -> tuple[set[int], tuple[str, ...]]:
        part = (
            "SELECT * FROM (SELECT {n} AS n, mention_id FROM mention_key WHERE hash = {hash} "
            "ORDER BY mention_id DESC LIMIT {most}) AS k{n}"
        )
        query = " UNION ALL ".join(
            part.format(n=n, hash=int(key.hash), most=self._most + 1) for n, key in enumerate(keys)
        )
        rows = read(self._connection, query)
        shared = [0] * len(keys)
        for number, _ in rows:
            shared[number] += 1
        capped = {key.kind for key, many in zip(keys, shared, strict=True) if many > self._most}
        return {mention for _, mention in rows}, tuple(sorted(capped))

    def reach(self, ref: str, before: datetime, known_at: datetime) -> Reach:
        """Return when the first and the last call known were received, ``ref`` left out."""
        known = to_number(known_at)
        query = (
            "SELECT v.received_at FROM call_version v JOIN call c ON c.id = v.call_id "
            "WHERE v.received_at <= %s AND v.known_from <= %s AND c.ref <> %s ORDER BY v.received_at {way} LIMIT 1"
        )
        found = []
        for way in ("ASC", "DESC"):
            rows = read(self._connection, query.format(way=way), [to_number(before), known, ref])
            found.append(from_number(rows[0][0]) if rows else None)
        return Reach(*found)

    def words_on(self, ref: str, others: Sequence[str], known_at: datetime) -> dict[str, bool]:
        """Return what a person has said of this call and others; the last word counts."""
        if not others:
            return {}
        known = to_number(known_at)
        rows = read(
            self._connection,
            "SELECT ref_a, ref_b, same FROM same_person WHERE (ref_a = %s OR ref_b = %s) AND known_from <= %s "
            "ORDER BY known_from, id",
            [ref, ref, known],
        )
        wanted = set(others)
        words = {(b if a == ref else a): bool(same) for a, b, same in rows}
        return {other: same for other, same in words.items() if other in wanted}


def _past(row: tuple[Any, ...], calls: dict[int, PastCall]) -> PastMention:
    """Return one row as a mention; people and place of one call share what is known of the call."""
    which, role, forenames, surname, born, *rest = row[1:15]
    mention = Mention(
        which, role, tuple(forenames.split(" ")) if forenames else (), surname, _day(born), *rest
    )
    flag_id, version = row[15:17]
    if flag_id is not None:
        kind, recorded_on, expires_on = row[30:]
        return PastMention(
            row[0], mention, start_of_day(day(recorded_on)), None, flag_id, kind, _day(expires_on)
        )
    call = calls.get(version)
    if call is None:
        call = calls[version] = _call(*row[16:30])
    return PastMention(row[0], mention, call.received_at, call)


def _call(
    version: int, ref: str, received: int, category: str | None, behaviours: str, status: str | None,
    grade: str | None, attended: int | None, closed: int | None, closed_as: str | None, opened_as: str | None,
    place: str | None, tells: int | None, alleges: int | None,
) -> PastCall:  # fmt: skip
    return PastCall(
        version_id=version,
        ref=ref,
        received_at=from_number(received),
        category=category,
        behaviours=_behaviours(behaviours),
        status=status,
        grade_given=grade,
        attended=attended is not None,
        closed=closed is not None or closed_as is not None,
        closed_as=closed_as,
        opened_as=opened_as,
        place=place,
        tells_of_asb=None if tells is None else bool(tells),
        alleges=None if alleges is None else bool(alleges),
    )
