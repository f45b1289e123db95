"""How the rows of the history become people, with the calls and flags that name them.

A row's columns stand as in the questions of `everycall.store.history`: the mention's, the call's, the flag's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeAlias

from everycall.identity.history import PastCall, PastMention, Unneeded
from everycall.identity.mention import Mention
from everycall.localtime import start_of_day
from everycall.store.moments import from_number
from everycall.store.reference import day

_CALL, _FLAG = slice(19, 33), slice(33, 36)

Row: TypeAlias = tuple[Any, ...]
FlagTold: TypeAlias = tuple[datetime, str, date | None]


@lru_cache(maxsize=65_536)
def _day(text: str | date | None) -> date | None:
    if text is None or isinstance(text, date):
        return text
    return date.fromisoformat(text)


@lru_cache(maxsize=4_096)
def _behaviours(text: str) -> frozenset[str]:
    return frozenset(text.split(" ")) if text else frozenset()


def mention_of(row: Row) -> Mention:
    """Return somebody as a row of a mention names them."""
    which, role, forenames, surname, born = row[3:8]
    names = tuple(forenames.split(" ")) if forenames else ()
    return Mention(which, role, names, surname, born and _day(born), *row[8:19])


def needed(rows: Sequence[Row], unneeded: Unneeded | None) -> list[tuple[Row, Mention]]:
    """Return each row with whom it names, in the order of the mentions; the unneeded left out, but for flags."""
    named = [(row, mention_of(row)) for row in sorted(rows)]
    if unneeded is None:
        return named
    out = unneeded.among([mention for _, mention in named])
    return [one for number, one in enumerate(named) if number not in out or one[0][2] is not None]


def told_at_once(rows: Sequence[Row]) -> tuple[PastMention, ...]:
    """Return the people of rows that hold the call and the flag as well, as PostgreSQL gives them."""
    named = needed(rows, None)
    calls: dict[int, PastCall] = {}
    flags: dict[int, FlagTold] = {}
    for row, _ in named:
        if row[2] is not None:
            flags[row[2]] = flag_of(*row[_FLAG])
        elif row[1] not in calls:
            calls[row[1]] = call_of(*row[_CALL])
    return past_of(named, calls, flags)


def past_of(
    named: Sequence[tuple[Row, Mention]], calls: dict[int, PastCall], flags: dict[int, FlagTold]
) -> tuple[PastMention, ...]:
    """Return the people with the call or flag that names each; those whose call was not read are left out."""
    found: list[PastMention] = []
    for (number, call_id, flag_id, *_), mention in named:
        if flag_id is not None:
            at, kind, expires = flags[flag_id]
            found.append(PastMention(number, mention, at, None, flag_id, kind, expires))
        elif call := calls.get(call_id):
            found.append(PastMention(number, mention, call.received_at, call))
    return tuple(found)


def flag_of(kind: str, recorded_on: Any, expires_on: Any) -> FlagTold:
    """Return when a flag begins (the start of its local day), its kind and its last day."""
    return start_of_day(day(recorded_on)), kind, _day(expires_on)


def call_of(
    version: int, ref: str, received: int, category: str | None, behaviours: str, status: str | None,
    grade: str | None, attended: int | None, closed: int | None, closed_as: str | None, opened_as: str | None,
    place: str | None, tells: int | None, alleges: int | None,
) -> PastCall:  # fmt: skip
    """Return a call as its row tells it; moments are numbers (`everycall.store.moments`)."""
    return PastCall(
        version,
        ref,
        from_number(received),
        category,
        _behaviours(behaviours),
        status,
        grade,
        attended is not None,
        closed is not None or closed_as is not None,
        closed_as,
        opened_as,
        place,
        None if tells is None else bool(tells),
        None if alleges is None else bool(alleges),
    )
