"""A call and the history as they stood while the caller was on the phone: without what came to be known later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.call import Call
from everycall.force import Force
from everycall.identity.history import Candidates, PastMention, Unneeded
from everycall.identity.keys import Key
from everycall.store.history import StoredHistory
from everycall.store.moments import to_number
from everycall.store.reading import read

_LATER = ("grade_given", "attended_at", "closed_at", "closed_as", "marked_repeat", "marked_vulnerable")
"""What a force's own system records of a call after it was taken."""

_AT_ONCE = 500


def as_it_stood(call: Call, log_minutes: int) -> Call:
    """Return a call without what was recorded of it later: how it was graded, attended, closed and marked.

    Parameters
    ----------
    log_minutes
        Lines of the log that were written later than this after the call came in are left out; lines without a time
        are kept.
    """
    until = call.received_at + timedelta(minutes=log_minutes)
    log = tuple([line for line in call.log if line.at is None or line.at <= until])
    return call.model_copy(update={**dict.fromkeys(_LATER), "status": "open", "log": log})


@dataclass
class ForceThen(Force):
    """A force that sees, for each call, the history as it stood when that call came in."""

    @property
    def history(self) -> StoredHistory:
        """The history of calls and flags, without what came later."""
        return HistoryThen(self.store.connection, self.policy.rules.search.most_a_key)


class HistoryThen(StoredHistory):
    """The history without flags recorded later, and without attendances and closings that came later.

    What another system recorded when is known to the day alone: a flag of the same day counts.
    """

    def __init__(self, connection: BaseDatabaseWrapper, most_a_key: int) -> None:
        super().__init__(connection, most_a_key)
        self._open = connection

    def candidates(
        self,
        keys: Sequence[Key],
        ref: str,
        before: datetime,
        known_at: datetime,
        unneeded: Unneeded | None = None,
    ) -> Candidates:
        """Return who shares a key, as `StoredHistory.candidates` does."""
        found = super().candidates(keys, ref, before, known_at, unneeded)
        return Candidates(self._then(found.mentions, before), found.capped, found.whole)

    def of_calls(
        self, refs: Sequence[str], ref: str, before: datetime, known_at: datetime
    ) -> tuple[PastMention, ...]:
        """Return everybody whom these calls name, as `StoredHistory.of_calls` does."""
        return self._then(super().of_calls(refs, ref, before, known_at), before)

    def _then(self, mentions: Sequence[PastMention], before: datetime) -> tuple[PastMention, ...]:
        there = [one for one in mentions if one.flag_id is None or one.at <= before]
        later = self._later(sorted({one.call.version_id for one in there if one.call}), before)
        return tuple([_without(one, later) for one in there])

    def _later(self, versions: Sequence[int], before: datetime) -> dict[int, tuple[bool, bool]]:
        """Return which of some calls were attended, and which closed, only after a moment."""
        moment, found = to_number(before), dict[int, tuple[bool, bool]]()
        for start in range(0, len(versions), _AT_ONCE):
            some = versions[start : start + _AT_ONCE]
            marks = ", ".join(["%s"] * len(some))
            rows = read(
                self._open,
                "SELECT id, attended_at > %s, closed_at > %s FROM call_version "
                f"WHERE (attended_at > %s OR closed_at > %s) AND id IN ({marks})",
                [moment] * 4 + list(some),
            )
            found |= {number: (bool(attended), bool(closed)) for number, attended, closed in rows}
        return found


def _without(one: PastMention, later: dict[int, tuple[bool, bool]]) -> PastMention:
    if one.call is None or one.call.version_id not in later:
        return one
    attended, closed = later[one.call.version_id]
    call = one.call._replace(attended=False) if attended else one.call
    if closed:
        call = call._replace(status="open", closed=False, closed_as=None)
    return one._replace(call=call)
