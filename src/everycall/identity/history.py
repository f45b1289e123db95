"""What the identity room needs of the history, and the shapes in which it comes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from everycall.identity.keys import Key
from everycall.identity.mention import Mention


class PastCall(NamedTuple):
    """An earlier call, as known at the moment asked for.

    ``tells_of_asb`` and ``alleges`` are what the log's words tell; None when the log is not yet read.
    """

    version_id: int
    ref: str
    received_at: datetime
    category: str | None = None
    behaviours: frozenset[str] = frozenset()
    status: str | None = None
    grade_given: str | None = None
    attended: bool = False
    closed: bool = False
    closed_as: str | None = None
    opened_as: str | None = None
    place: str | None = None
    tells_of_asb: bool | None = None
    alleges: bool | None = None


class PastMention(NamedTuple):
    """Somebody, or a place, named by an earlier call or by a flag.

    ``at`` is when the call was received, or the day on which the flag was recorded.
    """

    id: int
    mention: Mention
    at: datetime
    call: PastCall | None = None
    flag_id: int | None = None
    flag_kind: str | None = None
    flag_expires: date | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who shares a key, and the kinds of key that were cut off because too many shared them.

    ``whole``: nobody was left out as unneeded.
    """

    mentions: tuple[PastMention, ...]
    capped: tuple[str, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the history reaches: the first and last call known; both None when it is empty."""

    first: datetime | None
    last: datetime | None


class Said(NamedTuple):
    """A person's word that the victims of two calls are one human (``same``), or are two."""

    ref_a: str
    ref_b: str
    same: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What is asked of the history before anybody is looked for.

    ``words_on`` is what a person has said of this call and others: the same human (True) or not (False);
    ``any_words`` whether a word was ever said of any two calls.
    """

    reach: Reach
    words_on: Mapping[str, bool]
    any_words: bool = True


class Unneeded(Protocol):
    """Whom a search need not look at, however they share a key (`everycall.identity.strangers`)."""

    def among(self, mentions: Sequence[Mention]) -> Collection[int]:
        """Return the positions of those whose calls need not be read."""
        ...


class History(Protocol):
    """The history of a force, as known at one moment; implemented by the store."""

    def candidates(
        self,
        keys: Sequence[Key],
        ref: str,
        before: datetime,
        known_at: datetime,
        unneeded: Unneeded | None = None,
    ) -> Candidates:
        """Return who shares a key, in calls other than ``ref`` received no later than ``before``.

        Parameters
        ----------
        unneeded
            Whom of those that calls name may be left out; nobody when not given. Flags are never left out.
        """
        ...

    def said(self, refs: Sequence[str], known_at: datetime) -> Sequence[Said]:
        """Return what was said of these calls, and of all whom that names, and so on; oldest first."""
        ...

    def of_calls(
        self, refs: Sequence[str], ref: str, before: datetime, known_at: datetime
    ) -> Sequence[PastMention]:
        """Return everybody whom these calls name, ``ref`` and later calls left out."""
        ...

    def standing(self, ref: str, before: datetime, known_at: datetime) -> Standing:
        """Return how far the history reaches, the call ``ref`` left out, and what a person has said of it."""
        ...
