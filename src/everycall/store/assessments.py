"""Assessments and decisions: which of a call's are recorded, and what the last one said."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.assessment import Assessment
from everycall.record.chain import ASSESSMENT
from everycall.store.moments import from_number, to_number
from everycall.store.reading import read
from everycall.store.record import append
from everycall.store.writing import insert


@dataclass(frozen=True, slots=True)
class Previous:
    """What the last recorded assessment of a call said, every fact that any found, and the earliest receipt of any."""

    version: int
    grade: str
    attendance: str
    yes_facts: frozenset[str]
    same_as: str
    received_at: datetime | None


def comparable(body: str) -> str:
    """Return the hash of an assessment's JSON without what changes from one making to the next.

    Version and time of making stand before ``made_with``, the time it took stands last; the rest is compared.
    """
    return sha256(body[body.index('"made_with"') : body.rindex('"took_ms"')].encode()).hexdigest()


def previous(connection: BaseDatabaseWrapper, ref: str, known_at: datetime) -> Previous | None:
    """Return the last assessment of a call that was recorded before a moment.

    The facts are those of all of them: what one found and the next did not is held until a person lowers it, and so
    must still be known by the one after that.
    """
    rows = read(
        connection,
        "SELECT a.version, a.grade, a.attendance, a.yes_facts, a.same_as_sha256, v.received_at "
        "FROM assessment_made a LEFT JOIN call c ON c.ref = a.ref "
        "LEFT JOIN call_version v ON v.call_id = c.id AND v.version = a.version "
        "WHERE a.ref = %s AND a.assessed_at < %s ORDER BY a.entry DESC",
        [ref, to_number(known_at)],
    )
    if not rows:
        return None
    row = rows[0]
    found = frozenset(fact for one in rows for fact in one[3].split(" ")) - {""}
    first = min((one[5] for one in rows if one[5] is not None), default=None)
    return Previous(row[0], row[1], row[2], found, row[4], None if first is None else from_number(first))


def record(
    connection: BaseDatabaseWrapper,
    assessment: Assessment,
    body: str,
    yes_facts: frozenset[str],
    salt: str,
    first: bool = False,
) -> int | None:
    """Record an assessment inside the caller's transaction, if it is the call's first or differs from its last.

    Parameters
    ----------
    body
        The assessment's JSON.
    first
        Whether the call was new to the store just now, so that no earlier assessment need be looked for.

    Returns
    -------
    int or None
        The link's number; None when the same was recorded already.
    """
    same_as = comparable(body)
    # the last one whatever its time: another process may have recorded this with a clock a little ahead of ours
    if not first and _last_same_as(connection, assessment.call_ref) == same_as:
        return None
    number = append(connection, ASSESSMENT, assessment.call_ref, body, salt, assessment.assessed_at)
    insert(connection, "assessment_made", MADE_COLUMNS, [(*made_of(assessment, same_as, yes_facts), number)])
    return number


MADE_COLUMNS = (
    "ref", "version", "assessed_at", "same_as_sha256", "grade", "attendance", "yes_facts", "entry",
)  # fmt: skip


def made_of(assessment: Assessment, same_as: str, yes_facts: frozenset[str]) -> tuple[Any, ...]:
    """Return what is kept of an assessment beside the record, in the order of `MADE_COLUMNS`, without the link.

    Parameters
    ----------
    same_as
        As `comparable` makes it.
    """
    return (
        assessment.call_ref,
        assessment.version,
        to_number(assessment.assessed_at),
        same_as,
        assessment.recommendation.grade,
        assessment.recommendation.attendance,
        " ".join(sorted(yes_facts)),
    )


def _last_same_as(connection: BaseDatabaseWrapper, ref: str) -> str | None:
    query = "SELECT same_as_sha256 FROM assessment_made WHERE ref = %s ORDER BY entry DESC LIMIT 1"
    rows = read(connection, query, [ref])
    return str(rows[0][0]) if rows else None


def last_made(connection: BaseDatabaseWrapper, ref: str) -> datetime | None:
    """Return when the latest assessment of a call was made."""
    ((last,),) = read(connection, "SELECT MAX(assessed_at) FROM assessment_made WHERE ref = %s", [ref])
    return None if last is None else from_number(last)


def recorded(connection: BaseDatabaseWrapper) -> list[tuple[str, int, dict[str, Any]]]:
    """Return every recorded assessment that was not disposed of: call, link, body."""
    with closing(connection.cursor()) as cursor:
        cursor.execute(
            "SELECT a.ref, a.entry, p.body FROM assessment_made a JOIN chain_payload p ON p.entry_id = a.entry "
            "ORDER BY a.entry"
        )
        return [(ref, entry, json.loads(body)) for ref, entry, body in cursor.fetchall()]


def call_at(connection: BaseDatabaseWrapper, ref: str, version: int) -> dict[str, Any] | None:
    """Return the payload of one version of a call, or None when it is not there."""
    with closing(connection.cursor()) as cursor:
        cursor.execute(
            "SELECT v.payload FROM call_version v JOIN call c ON c.id = v.call_id WHERE c.ref = %s AND v.version = %s",
            [ref, version],
        )
        row = cursor.fetchone()
    return json.loads(row[0]) if row else None
