"""The tables of truth about people, households and events of one neighbourhood, and what calls told of them."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from everycall.demo.clock import Clock
from everycall.demo.happenings import Event
from everycall.demo.made import Made
from everycall.demo.neighbourhood import Neighbourhood
from everycall.demo.parts import PartWriter
from everycall.demo.people import ALWAYS, NEVER, Household, Person


class Told:
    """What the calls told of whom, noted call by call in order of time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.people: set[str] = set()
        self.calls: dict[int, array[int]] = {}
        self.faults: Counter[str] = Counter()
        self.circumstances: dict[tuple[str, str], tuple[int, str, str]] = {}

    def add(self, made: Made, event: Event) -> None:
        """Take note of one call."""
        truth = made.truth
        self.people.update(truth.mentions.values())
        self.calls.setdefault(event.number, array("q")).append(made.second)
        self.faults.update(truth.faults)
        for person in truth.victims:
            for name in truth.told:
                times, ref, by = self.circumstances.get((person, name), (0, "", ""))
                if not times:
                    by = "other" if "victim 0" in truth.mentions else "self"
                    ref = truth.ref
                self.circumstances[person, name] = (times + 1, ref, by)

    def write_events(self, writer: PartWriter, events: list[Event], prefix: str) -> None:
        """Write the table of events about which somebody called."""
        for number, seconds in self.calls.items():
            event = events[number]
            writer.row(
                "truth/events.csv",
                (
                    f"event-{prefix}-{number}",
                    event.kind,
                    self._clock.iso(seconds[0]),
                    event.victim.person_id if event.victim else "",
                    event.home.place_id,
                    event.suspect.person_id if event.suspect else "",
                    len(seconds),
                    f"event-{prefix}-{event.near}" if event.near is not None else "",
                ),
            )


def write_people(writer: PartWriter, place: Neighbourhood, clock: Clock, told: Told) -> None:
    """Write the tables of everybody who ever lived in a neighbourhood, of their homes and of what changed."""

    def date(day: int) -> str:
        return "" if day in (ALWAYS, NEVER) or day > place.days else str(clock.date_of(day))

    for household in place.households:
        _write_household(writer, household, date)
    for person in place.people:
        _write_person(writer, person, date, told)


def _write_household(writer: PartWriter, household: Household, date: Callable[[int], str]) -> None:
    who = household.household_id
    for (since, home), (until, _) in pairwise([*household.homes, (household.ended, household.homes[-1][1])]):
        flat = f"Flat {home.flat}" if home.flat else None
        address = ", ".join(part for part in (home.building, flat, f"{home.number} {home.street}") if part)
        cells = (who, home.place_id, address, home.postcode, household.kind, date(since), date(until))
        writer.row("truth/households.csv", cells)
    if household.landline:
        writer.row("truth/changes.csv", (who, "phone", household.landline, ""))


def _write_person(writer: PartWriter, person: Person, date: Callable[[int], str], told: Told) -> None:
    who = person.person_id
    writer.row(
        "truth/people.csv",
        (
            who,
            person.forename,
            person.surnames[0][1],
            person.sex,
            date(person.born),
            person.origin.origin,
            person.usual,
            person.like,
            date(person.left),
        ),
    )
    for (since, household), (until, _) in pairwise([*person.stays, (person.left, person.stays[-1][1])]):
        writer.row("truth/stays.csv", (who, household.household_id, date(since), date(until)))
    for what, changes in (("surname", person.surnames[1:]), ("phone", person.mobiles)):
        for since, value in changes:
            writer.row("truth/changes.csv", (who, what, value, date(since)))
    for name, since, until in person.circumstances:
        times = told.circumstances.get((who, name), (0, "", ""))
        writer.row("truth/circumstances.csv", (who, name, date(since), date(until), *times))
