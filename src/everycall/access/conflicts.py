"""Staff who are a party or a neighbour: whose calls they may not see, and breaking the glass when they must."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from pydantic import ValidationError

from everycall.access.operations import CONSULTATION
from everycall.access.processing import log
from everycall.access.viewer import Viewer
from everycall.call import Call, Party
from everycall.errors import InputError, Problem, problems_of
from everycall.identity.mention import Mention, mention_of, mentions_of
from everycall.store.moments import from_number, to_number
from everycall.store.reading import read
from everycall.store.writing import insert, writing

GLASS_STAYS_BROKEN = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Alert:
    """That the glass was broken, for supervisors and those who watch over staff."""

    number: int
    account: str
    ref: str
    why: str
    at: datetime
    seen_by: str | None

    def as_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return {
            "number": self.number,
            "by": self.account,
            "ref": self.ref,
            "why": self.why,
            "at": self.at.isoformat(),
            "seen_by": self.seen_by,
        }


def add(
    connection: BaseDatabaseWrapper, account: int, party: Mapping[str, Any], why: str, now: datetime
) -> None:
    """Keep that a member of staff is, or lives beside, somebody: a person or address as a call names them.

    Raises
    ------
    InputError
        When nothing in it could be met again in a call.
    """
    try:
        about = mention_of("conflict", Party.model_validate(dict(party)), None)
    except ValidationError as error:
        problems = problems_of(
            error.errors(include_url=False, include_input=False), Party.model_fields, "party"
        )
        raise InputError("the conflict cannot be kept", problems) from None
    if not (about.phone or about.dwelling or about.uprn or (about.surname and about.born)):
        problem = Problem("party", "needs a phone, an address, or a name with a date of birth")
        raise InputError("the conflict cannot be kept", [problem])
    told = json.dumps(dict(party), sort_keys=True, ensure_ascii=False)
    with writing(connection):
        kept = read(
            connection,
            "SELECT 1 FROM conflict WHERE account_id = %s AND party = %s AND known_until IS NULL",
            [account, told],
        )
        if kept:  # told again
            return
        insert(
            connection,
            "conflict",
            ("account_id", "party", "why", "known_from"),
            [(account, told, why[:200], to_number(now))],
        )


def every(
    connection: BaseDatabaseWrapper, before: int | None = None, limit: int = 100
) -> list[dict[str, Any]]:
    """Return the conflicts, newest first: number, whose, why and since when; never with whom."""
    rows = read(
        connection,
        "SELECT c.id, a.name, c.why, c.known_from FROM conflict c JOIN account a ON a.id = c.account_id "
        "WHERE c.known_until IS NULL AND c.id < %s ORDER BY c.id DESC LIMIT %s",
        [2**62 if before is None else before, limit],
    )
    return [
        {"number": number, "account": account, "why": why, "since": from_number(since).isoformat()}
        for number, account, why, since in rows
    ]


def end(connection: BaseDatabaseWrapper, number: int, now: datetime) -> None:
    """End a conflict; that it was there stays known."""
    with writing(connection), closing(connection.cursor()) as cursor:
        cursor.execute(
            "UPDATE conflict SET known_until = %s WHERE id = %s AND known_until IS NULL",
            [to_number(now), number],
        )
        if cursor.rowcount == 0:
            raise InputError("there is no such conflict", [Problem("number", "is none")])


def any_of(connection: BaseDatabaseWrapper, viewer: Viewer) -> bool:
    """Say whether a person has any conflict at all: most have none, and then no call need be looked at."""
    query = "SELECT 1 FROM conflict WHERE account_id = %s AND known_until IS NULL LIMIT 1"
    return viewer.account is not None and bool(read(connection, query, [viewer.account]))


def in_conflict(connection: BaseDatabaseWrapper, viewer: Viewer, call: Call) -> bool:
    """Say whether a person has a conflict with what a call names."""
    if viewer.account is None:
        return False
    rows = read(
        connection,
        "SELECT party FROM conflict WHERE account_id = %s AND known_until IS NULL",
        [viewer.account],
    )
    if not rows:
        return False
    named = list(mentions_of(call))
    own = [mention_of("conflict", Party.model_validate_json(row[0]), None) for row in rows]
    return any(_meets(one, other) for one in own for other in named)


def _meets(one: Mention, other: Mention) -> bool:
    """Say whether two mentions may be one person or one home; a doubt keeps the glass whole."""
    return bool(
        (one.phone and one.phone == other.phone)
        or (one.uprn and one.uprn == other.uprn)
        or (one.dwelling and one.dwelling == other.dwelling)
        or (one.surname and one.born and (one.surname, one.born) == (other.surname, other.born))
    )


def break_glass(
    connection: BaseDatabaseWrapper, viewer: Viewer, ref: str, why: str, salts: Iterator[str], now: datetime
) -> None:
    """Let somebody see a call they are in conflict with, for an hour; it is logged, and an alert until it is seen.

    Raises
    ------
    InputError
        Without a reason, or for a system.
    """
    if viewer.account is None or len(why.strip()) < 10:
        raise InputError("the glass stays whole", [Problem("why", "is needed, in ten characters or more")])
    with writing(connection):
        insert(
            connection,
            "broken_glass",
            ("account_id", "ref", "why", "at", "until"),
            [(viewer.account, ref, why[:500], to_number(now), to_number(now + GLASS_STAYS_BROKEN))],
        )
        log(connection, viewer, {CONSULTATION: [ref]}, None, f"glass broken: {why[:500]}", salts, now)


def is_broken(connection: BaseDatabaseWrapper, viewer: Viewer, ref: str, now: datetime) -> bool:
    """Say whether the glass is broken for this person and call."""
    rows = read(
        connection,
        "SELECT 1 FROM broken_glass WHERE account_id = %s AND ref = %s AND until > %s LIMIT 1",
        [viewer.account, ref, to_number(now)],
    )
    return bool(rows)


def alerts(
    connection: BaseDatabaseWrapper, before: int | None = None, limit: int = 100, unseen: bool = False
) -> list[Alert]:
    """Return broken glass, newest first."""
    rows = read(
        connection,
        "SELECT g.id, a.name, g.ref, g.why, g.at, g.seen_by FROM broken_glass g JOIN account a ON a.id = g.account_id "
        f"WHERE g.id < %s {'AND g.seen_by IS NULL ' if unseen else ''}ORDER BY g.id DESC LIMIT %s",
        [2**62 if before is None else before, limit],
    )
    return [
        Alert(number, account, ref, why, from_number(at), seen_by)
        for number, account, ref, why, at, seen_by in rows
    ]


def seen(connection: BaseDatabaseWrapper, number: int, viewer: Viewer, now: datetime) -> None:
    """Note that an alert was seen, by whom; by somebody else than who broke the glass."""
    with writing(connection), closing(connection.cursor()) as cursor:
        cursor.execute(
            "UPDATE broken_glass SET seen_by = %s, seen_at = %s WHERE id = %s AND seen_by IS NULL AND account_id <> %s",
            [viewer.name, to_number(now), number, viewer.account],
        )
        if cursor.rowcount == 0:
            raise InputError("the alert stays", [Problem("number", "is no unseen alert of somebody else")])
