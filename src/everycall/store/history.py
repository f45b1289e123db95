"""The history as the identity room asks for it: who shares a key, how far it reaches, what people have said.

Cursors, not the ORM: a 22-row fetch takes 37 microseconds by cursor and 261 by ORM (design.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime
from functools import lru_cache

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.identity.history import Candidates, PastCall, PastMention, Reach
from everycall.identity.keys import Key
from everycall.identity.mention import Mention
from everycall.localtime import start_of_day
from everycall.store.moments import from_number, to_number

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
        with closing(self._connection.cursor()) as cursor:
            cursor.execute(_ROWS.format(ids=numbers), [known, known, known, known, known, until, ref])
            rows = cursor.fetchall()
        return Candidates(tuple(_past(row) for row in sorted(rows)), capped)

    def _sharing(self, keys: Sequence[Key]) -> tuple[set[int], tuple[str, ...]]:
        part = (
            "SELECT * FROM (SELECT {n} AS n, mention_id FROM mention_key WHERE hash = {hash} "
            "ORDER BY mention_id DESC LIMIT {most}) AS k{n}"
        )
        query = " UNION ALL ".join(
            part.format(n=n, hash=int(key.hash), most=self._most + 1) for n, key in enumerate(keys)
        )
        with closing(self._connection.cursor()) as cursor:
            cursor.execute(query)
            rows = cursor.fetchall()
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
        with closing(self._connection.cursor()) as cursor:
            for way in ("ASC", "DESC"):
                cursor.execute(query.format(way=way), [to_number(before), known, ref])
                row = cursor.fetchone()
                found.append(from_number(row[0]) if row else None)
        return Reach(*found)

    def words_on(self, ref: str, others: Sequence[str], known_at: datetime) -> dict[str, bool]:
        """Return what a person has said of this call and others; the last word counts."""
        if not others:
            return {}
        known = to_number(known_at)
        with closing(self._connection.cursor()) as cursor:
            cursor.execute(
                "SELECT ref_a, ref_b, same FROM same_person WHERE (ref_a = %s OR ref_b = %s) AND known_from <= %s "
                "ORDER BY known_from, id",
                [ref, ref, known],
            )
            rows = cursor.fetchall()
        wanted = set(others)
        words = {(b if a == ref else a): bool(same) for a, b, same in rows}
        return {other: same for other, same in words.items() if other in wanted}


def _past(row: tuple) -> PastMention:  # type: ignore[type-arg]
    (
        mention_id, which, role, forenames, surname, born, age, phone, email, postcode, dwelling, building, street,
        uprn, place, flag_id, version, ref, received, category, behaviours, status, grade, attended, closed, closed_as,
        opened_as, call_place, tells, alleges, flag_kind, recorded_on, expires_on,
    ) = row  # fmt: skip
    mention = Mention(
        which, role, tuple(forenames.split(" ")) if forenames else (), surname, _day(born), age, phone, email,
        postcode, dwelling, building, street, uprn, place,
    )  # fmt: skip
    if flag_id is not None:
        day = _day(recorded_on)
        assert day is not None
        return PastMention(mention_id, mention, start_of_day(day), None, flag_id, flag_kind, _day(expires_on))
    call = PastCall(
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
        place=call_place,
        tells_of_asb=None if tells is None else bool(tells),
        alleges=None if alleges is None else bool(alleges),
    )
    return PastMention(mention_id, mention, call.received_at, call)
