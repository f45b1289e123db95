"""The history as the identity room asks for it: who shares a key, how far it reaches, what people have said.

Cursors, not the ORM: a 22-row fetch takes 37 microseconds by cursor and 261 by ORM (design.md). The text of each
query is always the same, so that the database plans it once; what is asked for goes in as one list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.identity.history import Candidates, PastCall, PastMention, Reach, Said, Standing, Unneeded
from everycall.identity.keys import Key
from everycall.store.moments import from_number, to_number
from everycall.store.past_rows import FlagTold, Row, call_of, flag_of, needed, past_of, told_at_once
from everycall.store.reading import Question, listed, read

_SHARING = {
    # a key's newest mentions, one more than may be looked at: that one tells that there are too many
    "sqlite": """
SELECT asked.value, k.mention_id FROM {list} CROSS JOIN mention_key k
ON k.hash = asked.value AND k.mention_id >= IFNULL(
    (SELECT mention_id FROM mention_key WHERE hash = asked.value ORDER BY mention_id DESC LIMIT 1 OFFSET %s), 0)
""",
    "postgresql": """
SELECT asked.value, k.mention_id FROM {list} CROSS JOIN LATERAL
    (SELECT mention_id FROM mention_key WHERE hash = asked.value ORDER BY mention_id DESC LIMIT 1 + %s) AS k
""",
}

_THERE = "EXISTS (SELECT 1 FROM mention WHERE mention.id = mention_id)"

_NAMED_AS = """m.id, m.call_id, m.flag_id,
       m.which, m.role, m.forenames, m.surname, m.born, m.age, m.phone, m.email, m.postcode, m.dwelling,
       m.building, m.street, m.uprn, m.town, m.house_name, m.place"""
_CALL_AS = """v.id AS version_id, c.ref, v.received_at, v.category, v.behaviours, v.status, v.grade_given,
       v.attended_at, v.closed_at, v.closed_as, v.opened_as, v.place AS place_of_call, w.tells_of_asb, w.alleges"""

_NAMED = f"""
SELECT {_NAMED_AS}
FROM {{list}}
{{one mention m: m.id = asked.value AND m.known_from <= %s AND (m.known_until IS NULL OR m.known_until > %s)}}
"""

_CALLS = f"""
SELECT c.id, {_CALL_AS}
FROM {{list}}
{{one call c: c.id = asked.value}}
{{one call_version v: v.call_id = asked.value
    AND v.known_from <= %s AND (v.known_until IS NULL OR v.known_until > %s)}}
{{maybe words_read w: w.call_version_id = v.id AND w.known_from <= %s}}
WHERE v.received_at <= %s AND c.ref <> %s
"""

_FLAGS = "SELECT f.id, f.kind, f.recorded_on, f.expires_on FROM {list} {one flag f: f.id = asked.value}"

_ROWS = f"""
SELECT {_NAMED_AS},
       {_CALL_AS},
       f.kind, f.recorded_on, f.expires_on
FROM {{list}}
{{one mention m: m.id = asked.value AND m.known_from <= %s AND (m.known_until IS NULL OR m.known_until > %s)}}
{{maybe call_version v: v.call_id = m.call_id
    AND v.known_from <= %s AND (v.known_until IS NULL OR v.known_until > %s)}}
{{maybe call c: c.id = m.call_id}}
{{maybe words_read w: w.call_version_id = v.id AND w.known_from <= %s}}
{{maybe flag f: f.id = m.flag_id}}
WHERE m.flag_id IS NOT NULL OR (v.received_at <= %s AND c.ref <> %s)
"""

_TOGETHER = f"""
WITH shared AS MATERIALIZED ({_SHARING["postgresql"]})
SELECT capped.hashes, found.*
FROM (SELECT array_agg(hash) FROM
    (SELECT value FROM shared GROUP BY value HAVING COUNT(*) > %s) AS many (hash)) AS capped (hashes)
LEFT JOIN LATERAL
    ({_ROWS.replace("{list}", "(SELECT DISTINCT mention_id FROM shared) AS asked (value)")}) AS found ON TRUE
"""
"""Everything in one question, where each costs a journey (who is plainly a stranger is not worth another); one row at
least, with the keys that too many share."""

_END = (
    "(SELECT v.received_at FROM call_version v JOIN call c ON c.id = v.call_id "
    "WHERE v.received_at <= %s AND v.known_from <= %s AND c.ref <> %s ORDER BY v.received_at {way} LIMIT 1)"
)
_STANDING = f"""
SELECT {_END.format(way="ASC")}, {_END.format(way="DESC")}, NULL, (SELECT MAX(id) FROM same_person), NULL, NULL, NULL
UNION ALL SELECT NULL, NULL, known_from, id, ref_a, ref_b, same FROM same_person
WHERE (ref_a = %s OR ref_b = %s) AND known_from <= %s
"""
STANDING_COLUMNS = ("bigint", "bigint", "bigint", "bigint", "text", "text", "bool")
"""Of what types the columns of `StoredHistory.standing_asked` are."""


_SAID = """
WITH RECURSIVE about(ref) AS (
    SELECT ref FROM ({asked}) AS asked
    UNION SELECT CASE WHEN s.ref_a = about.ref THEN s.ref_b ELSE s.ref_a END
    FROM about JOIN same_person s ON s.ref_a = about.ref OR s.ref_b = about.ref WHERE s.known_from <= %s
)
SELECT known_from, id, ref_a, ref_b, same FROM same_person
WHERE ref_a IN (SELECT ref FROM about) AND known_from <= %s ORDER BY known_from, id
"""
"""One word leads to the next: whoever is one human with somebody is it with all who are."""
_MANY_REFS = 400


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

    def candidates(
        self,
        keys: Sequence[Key],
        ref: str,
        before: datetime,
        known_at: datetime,
        unneeded: Unneeded | None = None,
    ) -> Candidates:
        """Return who shares a key, in calls other than ``ref`` received no later than ``before``."""
        if self._connection.vendor == "postgresql":
            rows = read(self._connection, *self.candidates_asked(keys, ref, before, known_at))
            if rows[0][0] is None:
                return Candidates(told_at_once([row[1:] for row in rows if row[1] is not None]))
            ids, capped = self._sharing(keys, there=True)
        else:
            ids, capped = self._sharing(keys)
            if capped:
                ids, capped = self._sharing(keys, there=True)
        named = self._named(ids, known_at)
        return Candidates(
            self._known_as(named, ref, before, known_at, unneeded), capped, whole=unneeded is None
        )

    def candidates_asked(
        self, keys: Sequence[Key], ref: str, before: datetime, known_at: datetime
    ) -> Question:
        """Return what PostgreSQL is asked for `candidates` first, so that it can be asked ahead."""
        known, until = to_number(known_at), to_number(before)
        query, wanted = listed(self._connection, _TOGETHER, list(dict.fromkeys(key.hash for key in keys)))
        most = self._most
        return query, [wanted, most, most, known, known, known, known, known, until, ref]

    def of_calls(
        self, refs: Sequence[str], ref: str, before: datetime, known_at: datetime
    ) -> tuple[PastMention, ...]:
        """Return everybody whom these calls name, ``ref`` and later calls left out."""
        if not refs:
            return ()
        marks = ", ".join(["%s"] * len(refs))
        query = f"SELECT m.id FROM mention m JOIN call c ON c.id = m.call_id WHERE c.ref IN ({marks})"
        ids = {row[0] for row in read(self._connection, query, list(refs))}
        return self._known_as(self._named(ids, known_at), ref, before, known_at)

    def said(self, refs: Sequence[str], known_at: datetime) -> tuple[Said, ...]:
        """Return what was said of these calls, and of all whom that names, and so on; oldest first."""
        known = to_number(known_at)
        found: dict[int, tuple[int, Said]] = {}
        for start in range(0, len(refs), _MANY_REFS):
            some = list(refs[start : start + _MANY_REFS])
            asked = " UNION ALL ".join(["SELECT CAST(%s AS VARCHAR(100)) AS ref"] * len(some))
            rows = read(self._connection, _SAID.replace("{asked}", asked), [*some, known, known])
            found |= {number: (moment, Said(a, b, bool(same))) for moment, number, a, b, same in rows}
        return tuple(said for _, _, said in sorted((moment, n, said) for n, (moment, said) in found.items()))

    def _named(self, ids: set[int], known_at: datetime) -> list[Row]:
        if not ids:
            return []
        query, wanted = listed(self._connection, _NAMED, sorted(ids))
        known = to_number(known_at)
        return read(self._connection, query, [wanted, known, known])

    def _known_as(
        self,
        rows: Sequence[Row],
        ref: str,
        before: datetime,
        known_at: datetime,
        unneeded: Unneeded | None = None,
    ) -> tuple[PastMention, ...]:
        """Return how mentions are known with the calls and flags that name them; of the unneeded no call is read."""
        named = needed(rows, unneeded)
        calls = self._calls({row[1] for row, _ in named if row[1] is not None}, ref, before, known_at)
        return past_of(named, calls, self._flags({row[2] for row, _ in named if row[2] is not None}))

    def _calls(self, ids: set[int], ref: str, before: datetime, known_at: datetime) -> dict[int, PastCall]:
        if not ids:
            return {}
        known, until = to_number(known_at), to_number(before)
        query, wanted = listed(self._connection, _CALLS, sorted(ids))
        rows = read(self._connection, query, [wanted, known, known, known, until, ref])
        return {row[0]: call_of(*row[1:]) for row in rows}

    def _flags(self, ids: set[int]) -> dict[int, FlagTold]:
        if not ids:
            return {}
        query, wanted = listed(self._connection, _FLAGS, sorted(ids))
        rows = read(self._connection, query, [wanted])
        return {row[0]: flag_of(*row[1:]) for row in rows}

    def _sharing(self, keys: Sequence[Key], there: bool = False) -> tuple[set[int], tuple[str, ...]]:
        """Return the mentions that share a key, and the kinds of key that too many share.

        An import writes keys before their calls: ``there`` looks at each mention, so that where not all may be
        looked at, the keys of calls that are only coming take no place of one that is there.
        """
        kinds = {key.hash: key.kind for key in keys}
        sharing = _SHARING[self._connection.vendor]
        if there:
            sharing = sharing.replace("WHERE hash = asked.value", f"WHERE hash = asked.value AND {_THERE}")
            sharing += f" WHERE {_THERE}"
        query, wanted = listed(self._connection, sharing, list(kinds))
        rows = read(self._connection, query, [wanted, self._most])
        if len(rows) <= self._most:
            return {mention for _, mention in rows}, ()
        shared = Counter(number for number, _ in rows)
        capped = {kinds[number] for number, many in shared.items() if many > self._most}
        return {mention for _, mention in rows}, tuple(sorted(capped))

    def standing(self, ref: str, before: datetime, known_at: datetime) -> Standing:
        """Return how far the history reaches, ``ref`` left out, and what was said of it; the last word counts."""
        rows = read(self._connection, *self.standing_asked(ref, before, known_at))
        ((first, last, any_words),) = [(*row[:2], row[3] is not None) for row in rows if row[2] is None]
        said = sorted(row[2:] for row in rows if row[2] is not None)
        return Standing(
            Reach(None if first is None else from_number(first), None if last is None else from_number(last)),
            {(b if a == ref else a): bool(same) for _, _, a, b, same in said},
            any_words,
        )

    def standing_asked(self, ref: str, before: datetime, known_at: datetime) -> Question:
        """Return what is asked for `standing`, so that it can be asked ahead."""
        known = to_number(known_at)
        end = (to_number(before), known, ref)
        return _STANDING, [*end, *end, ref, ref, known]
