"""The record in the database: appending links, reading them, disposing of payloads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.localtime import local_date
from everycall.record.chain import DISPOSAL, START, Checkpoint, Link, commitment_to, disposal_body, link_of
from everycall.store.moments import to_number
from everycall.store.reading import read
from everycall.store.writing import insert, writing

REGIME = "law enforcement (DPA 2018 Part 3)"
RETENTION_CLASS = "MoPI group 3 and 4"
KEEP_YEARS = 7
"""Command-and-control logs are commonly kept for six years and the current one (domain.md F3)."""

ADVISORY_LOCK = 4_045_001

ENTRY_FACTS = ("recorded_at", "kind", "commitment")
PAYLOAD_FACTS = ("subject", "salt", "regime", "retention_class", "review_on")
"""What is kept of a link, and of its payload beside the body, that does not depend on the link before."""


class Due(NamedTuple):
    """What is recorded of one subject (a call's reference) and is to be reviewed: kept longer, or disposed of."""

    subject: str
    regime: str
    retention_class: str
    review_on: str
    payloads: int


class Entry(NamedTuple):
    """One link before it is known which comes before it; ``recorded_at`` in microseconds since 1970, UTC."""

    recorded_at: int
    kind: str
    commitment: str
    subject: str
    salt: str
    review_on: str
    body: str

    def facts(self) -> dict[str, Any]:
        """Return what stands in the columns `ENTRY_FACTS` and `PAYLOAD_FACTS`."""
        return {
            "recorded_at": self.recorded_at,
            "kind": self.kind,
            "commitment": self.commitment,
            "subject": self.subject,
            "salt": self.salt,
            "regime": REGIME,
            "retention_class": RETENTION_CLASS,
            "review_on": self.review_on,
        }


def entry_of(kind: str, subject: str, body: str, salt: str, recorded_at: datetime) -> Entry:
    """Return what a link says, with the commitment to its payload."""
    day = local_date(recorded_at)
    review = date(day.year + KEEP_YEARS, day.month, min(day.day, 28)).isoformat()
    commitment = commitment_to(salt, body, (subject, REGIME, RETENTION_CLASS, review))
    return Entry(to_number(recorded_at), kind, commitment, subject, salt, review, body)


def append(
    connection: BaseDatabaseWrapper, kind: str, subject: str, body: str, salt: str, recorded_at: datetime
) -> int:
    """Append one link inside the caller's transaction and return its number.

    Only this is serialised: SQLite has one writer anyway, PostgreSQL takes an advisory lock until the end of
    the transaction.
    """
    entry = entry_of(kind, subject, body, salt, recorded_at)
    if connection.vendor == "postgresql":
        read(connection, "SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
    rows = read(connection, "SELECT number, link FROM chain_entry ORDER BY number DESC LIMIT 1")
    number, previous = (rows[0][0] + 1, rows[0][1]) if rows else (1, START)
    link = link_of(number, entry.recorded_at, kind, entry.commitment, previous)
    insert(
        connection,
        "chain_entry",
        ("number", *ENTRY_FACTS, "previous", "link"),
        [(number, entry.recorded_at, kind, entry.commitment, previous, link)],
    )
    insert(
        connection,
        "chain_payload",
        ("entry_id", *PAYLOAD_FACTS, "body"),
        [(number, subject, salt, REGIME, RETENTION_CLASS, entry.review_on, body)],
    )
    return number


def links(connection: BaseDatabaseWrapper) -> Iterator[Link]:
    """Yield every link in order, a thousand at a time."""
    after = 0
    while True:
        with closing(connection.cursor()) as cursor:
            cursor.execute(
                "SELECT e.number, e.recorded_at, e.kind, e.commitment, e.previous, e.link, p.salt, p.body, "
                "p.subject, p.regime, p.retention_class, p.review_on, d.recorded_in, d.authority, d.disposed_on "
                "FROM chain_entry e "
                "LEFT JOIN chain_payload p ON p.entry_id = e.number "
                "LEFT JOIN disposal d ON d.entry_id = e.number "
                "WHERE e.number > %s ORDER BY e.number LIMIT 1000",
                [after],
            )
            rows = cursor.fetchall()
        for row in rows:
            about = None if row[8] is None else (*row[8:11], str(row[11]))
            yield Link(*(*row[:8], about, *row[12:14], str(row[14]) if row[14] else None))
        if len(rows) < 1000:
            return
        after = rows[-1][0]


def due(connection: BaseDatabaseWrapper, on: date, after: str = "", limit: int = 1_000) -> list[Due]:
    """Return the calls of which something recorded is due for review by a day, by their reference.

    Parameters
    ----------
    after
        Only references that come later, for the next page.
    """
    rows = read(
        connection,
        "SELECT subject, regime, retention_class, min(review_on), count(*) FROM chain_payload "
        "WHERE review_on <= %s AND subject > %s GROUP BY subject, regime, retention_class "
        "ORDER BY subject, regime, retention_class LIMIT %s",
        [on.isoformat(), after, limit],
    )
    return [Due(subject, regime, kept_as, str(first), many) for subject, regime, kept_as, first, many in rows]


def loose_ends(connection: BaseDatabaseWrapper) -> list[str]:
    """Return payloads, disposals and assessments that name a link which is not there."""
    found = []
    with closing(connection.cursor()) as cursor:
        for table, column in (
            ("chain_payload", "entry_id"),
            ("disposal", "entry_id"),
            ("assessment_made", "entry"),
            ("decision_made", "entry"),
            ("processing_link", "entry"),
            ("processing_key", "entry"),
        ):
            cursor.execute(
                f"SELECT {column} FROM {table} WHERE {column} NOT IN (SELECT number FROM chain_entry) ORDER BY 1"
            )
            found += [
                f"{table}: names link {row[0]}, which is not in the record" for row in cursor.fetchall()
            ]
    return found


def last(connection: BaseDatabaseWrapper) -> Checkpoint | None:
    """Return the last link, to be kept elsewhere; None while the record is empty."""
    with closing(connection.cursor()) as cursor:
        cursor.execute("SELECT number, link FROM chain_entry ORDER BY number DESC LIMIT 1")
        row = cursor.fetchone()
    return Checkpoint(*row) if row else None


def dispose(
    connection: BaseDatabaseWrapper, subject: str, authority: str, now: datetime, salts: Iterator[str]
) -> int:
    """Remove every payload about ``subject``, and say so in the record; return how many.

    Each disposal is a link of its own, written before the payload goes, so that the database lets it go. Of a
    call of which nothing was recorded, one link says that it was disposed of (as number 0).
    """
    with writing(connection):
        with closing(connection.cursor()) as cursor:
            cursor.execute("SELECT entry_id FROM chain_payload WHERE subject = %s ORDER BY 1", [subject])
            numbers = [row[0] for row in cursor.fetchall()]
        day = local_date(now)
        if not numbers:
            body = disposal_body(0, authority, day.isoformat())
            append(connection, DISPOSAL, "disposal of a call", body, next(salts), now)
        for number in numbers:
            body = disposal_body(number, authority, day.isoformat())
            recorded_in = append(connection, DISPOSAL, f"disposal of {number}", body, next(salts), now)
            insert(
                connection,
                "disposal",
                ("entry_id", "recorded_in", "authority", "disposed_on"),
                [(number, recorded_in, authority, day)],
            )
            with closing(connection.cursor()) as cursor:
                cursor.execute("DELETE FROM chain_payload WHERE entry_id = %s", [number])
    return len(numbers)
