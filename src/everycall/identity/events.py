"""Several calls about one event are one incident."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from everycall.identity.rules import EventRule


class Contact(NamedTuple):
    """One call as events see it: where, when and about what.

    Parameters
    ----------
    at
        When it was received, in UTC: two local times of one zone are compared by the clock on the wall, which in
        October goes back an hour.
    place
        The place's key; None when unknown.
    own
        Whether it is the victim's own call (the same person): two own calls without a place agree.
    """

    ref: str
    at: datetime
    place: str | None
    behaviours: frozenset[str]
    own: bool


@dataclass(slots=True)
class _Event:
    first: datetime
    latest: datetime
    contacts: list[Contact] = field(default_factory=list)

    def takes(self, at: datetime, contact: Contact, in_all: timedelta) -> bool:
        return at - self.first <= in_all and all(_agree(contact, other) for other in self.contacts)


def _agree(one: Contact, other: Contact) -> bool:
    if one.behaviours and other.behaviours and not one.behaviours & other.behaviours:
        return False
    if one.place is None or other.place is None:
        return one.own and other.own
    return one.place == other.place


def group(contacts: Iterable[Contact], rule: EventRule) -> Sequence[Sequence[Contact]]:
    """Group calls into events, in order of time.

    One event: the same place, behaviours that agree (a missing one agrees with any), each call at most
    ``minutes_after_the_latest`` after the latest so far, at most ``hours_in_all`` in all (contract,
    "An assessment"; Lincolnshire counts an event once, domain.md D1).
    """
    events: list[_Event] = []
    going_on: list[_Event] = []
    longest = timedelta(minutes=rule.minutes_after_the_latest)
    in_all = timedelta(hours=rule.hours_in_all)
    for contact in sorted(contacts, key=lambda one: (one.at, one.ref)):
        at = contact.at
        # in order of time: an event that was too long ago for this call is so for every later one
        if going_on:
            going_on = [e for e in going_on if at - e.latest <= longest]
        event = next((e for e in reversed(going_on) if e.takes(at, contact, in_all)), None)
        if event is None:
            event = _Event(at, at)
            events.append(event)
            going_on.append(event)
        event.contacts.append(contact)
        event.latest = at
    return [event.contacts for event in events]
