"""What is true of each call, though no call says it: about whom, where, which event, how many before."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

from everycall.demo.clock import DAY

YEAR_SECONDS = 365 * DAY


@dataclass(slots=True)
class Truth:
    """The truth of one call. ``victims`` are person ids; a mention is ``caller``, ``victim 0`` or ``other 0``.

    ``second`` counts from the start of the history.
    """

    ref: str
    second: int
    mentions: dict[str, str]
    victims: tuple[str, ...]
    households: dict[str, str]
    event_id: str
    place_id: str
    circumstances: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    situation: str | None = None
    expect: tuple[dict[str, Any], ...] = ()
    shows: str | None = None

    def as_line(self, earlier: dict[str, int]) -> str:
        """Return the line of a call that is no planted situation's; the same as JSON of `as_data`, but quicker.

        Everything in it is an id or a code, so that nothing needs escaping.
        """
        mentions = ", ".join([f'"{mention}": "{who}"' for mention, who in self.mentions.items()])
        households = ", ".join([f'"{who}": "{home}"' for who, home in self.households.items()])
        counts = ", ".join([f'"{who}": {many}' for who, many in earlier.items()])
        faults = f', "faults": {_list(self.faults)}' if self.faults else ""
        return (
            f'{{"ref": "{self.ref}", "mentions": {{{mentions}}}, "victims": {_list(self.victims)}, '
            f'"households": {{{households}}}, "event_id": "{self.event_id}", "place_id": "{self.place_id}", '
            f'"circumstances": {_list(self.circumstances)}, "told": {_list(self.told)}, '
            f'"earlier_incidents_12m": {{{counts}}}{faults}}}\n'
        )

    def as_data(self, earlier: dict[str, int]) -> dict[str, Any]:
        """Return one line of ``truth.jsonl``."""
        data: dict[str, Any] = {
            "ref": self.ref,
            "mentions": self.mentions,
            "victims": self.victims,
            "households": self.households,
            "event_id": self.event_id,
            "place_id": self.place_id,
            "circumstances": self.circumstances,
            "told": self.told,
            "earlier_incidents_12m": earlier,
        }
        if self.faults:
            data["faults"] = self.faults
        if self.situation is not None:
            data["situation"] = self.situation
        if self.shows is not None:
            data |= {"shows": self.shows, "expect": list(self.expect)}
        return data


def _list(names: tuple[str, ...]) -> str:
    return f'["{SEPARATOR.join(names)}"]' if names else "[]"


SEPARATOR = '", "'


@dataclass
class Earlier:
    """Counts earlier incidents of each victim and household as the calls go by in order of time.

    Several calls about one event count once; the 365 days before a call are its twelve months (D1).
    """

    _events: dict[str, deque[tuple[int, str]]] = field(default_factory=lambda: defaultdict(deque))

    def count(self, truth: Truth) -> dict[str, int]:
        """Return, by person and household, how many other events lie in the 365 days before; add this."""
        ids = (*truth.victims, *dict.fromkeys(truth.households[victim] for victim in truth.victims))
        found = {}
        since = truth.second - YEAR_SECONDS
        for one in ids:
            events = self._events[one]
            while events and events[0][0] < since:
                events.popleft()
            if events:
                others = {event for _, event in events}
                others.discard(truth.event_id)
                found[one] = len(others)
            else:
                found[one] = 0
            events.append((truth.second, truth.event_id))
        return found
