"""What is true of each call, though no call says it: about whom, where, which event, how many before."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth of one call. ``victims`` are person ids; a mention is ``caller`` or ``victim 0``."""

    ref: str
    received_at: datetime
    mentions: dict[str, str]
    victims: tuple[str, ...]
    households: dict[str, str]
    event_id: str
    place_id: str
    circumstances: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    situation: str | None = None
    expect: tuple[dict[str, Any], ...] = ()
    shows: str | None = None

    def as_data(self, earlier: dict[str, int]) -> dict[str, Any]:
        """Return one line of ``truth.jsonl``."""
        data: dict[str, Any] = {
            "ref": self.ref,
            "mentions": self.mentions,
            "victims": list(self.victims),
            "households": self.households,
            "event_id": self.event_id,
            "place_id": self.place_id,
            "circumstances": list(self.circumstances),
            "told": list(self.told),
            "earlier_incidents_12m": earlier,
        }
        if self.situation is not None:
            data["situation"] = self.situation
        if self.shows is not None:
            data |= {"shows": self.shows, "expect": list(self.expect)}
        return data


@dataclass
class Earlier:
    """Counts earlier incidents of each victim and household as the calls go by in order of time.

    Several calls about one event count once; the 365 days before a call are its twelve months (D1).
    """

    _events: dict[str, deque[tuple[datetime, str]]] = field(default_factory=lambda: defaultdict(deque))

    def count(self, truth: Truth) -> dict[str, int]:
        """Return, by person and household, how many other events lie in the 365 days before; add this."""
        ids = (*truth.victims, *dict.fromkeys(truth.households[victim] for victim in truth.victims))
        found = {}
        for one in ids:
            events = self._events[one]
            while events and events[0][0] < truth.received_at - YEAR:
                events.popleft()
            found[one] = len({event for _, event in events} - {truth.event_id})
            events.append((truth.received_at, truth.event_id))
        return found
