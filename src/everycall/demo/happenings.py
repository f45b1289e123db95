"""What happens to whom and when in one neighbourhood: long tails, spells, bursts, near repeats, several callers."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import NamedTuple

from everycall.demo.clock import DAY, Clock
from everycall.demo.neighbourhood import Neighbourhood
from everycall.demo.people import Person
from everycall.demo.rates import Rates, Weighted, one_of
from everycall.demo.streets import DWELLINGS_PER_STREET, Dwelling

YEAR_DAYS = 365
FIRST, CHASING, OTHERS = 0, 1, 8
"""Parts of an event: the call that tells of it, the victim's next, and from 8 on other people's."""


@dataclass(slots=True, eq=False)
class Event:
    """One thing that happened: to a person, or in a street to nobody in particular."""

    number: int
    kind: str
    victim: Person | None
    home: Dwelling
    suspect: Person | None = None
    near: int | None = None
    told_by: list[str] = field(default_factory=list)


class Contact(NamedTuple):
    """One call about an event, ``second`` counted from the start."""

    second: int
    number: int
    part: int


class Plan:
    """Every call about one neighbourhood, in order of time.

    Parameters
    ----------
    calls
        How many in all the years, exactly.
    feed
        How many more in the hours after the history.
    years
        How many years of 365 days.
    """

    def __init__(
        self,
        calls: int,
        feed: int,
        years: int,
        feed_seconds: int,
        place: Neighbourhood,
        clock: Clock,
        kinds: Weighted[str],
        rates: Rates,
        random: Random,
    ) -> None:
        self._place, self._clock, self._kinds, self._random = place, clock, kinds, random
        self._shares = rates.shares
        self._counts = Weighted(rates.calls_in_a_year)
        mean = sum(count * weight for count, weight in rates.calls_in_a_year)
        mean /= sum(weight for _, weight in rates.calls_in_a_year)
        # One call at a time without a victim, `mean` for a victim: the draw is likelier than its share.
        without = self._shares.without_victim
        self._nobodys = mean * without / (1 + (mean - 1) * without)
        self._hours = Weighted(list(enumerate(rates.hours)))
        self._days = _weighted_days(clock, years, rates)
        self._heat = _heat(place, random)
        self.events: list[Event] = []
        self._contacts: list[Contact] = []
        self._span = (0, years * YEAR_DAYS * DAY)
        self._last: tuple[Person, int, int] | None = None
        before: list[Person] = []
        for year in range(years):
            before = self._year(year, calls * (year + 1) // years, before)
        if len(self._contacts) > calls:
            self._contacts = random.sample(self._contacts, calls)
        self.contacts = sorted(self._contacts)
        self.feed = self._after(feed, years * YEAR_DAYS * DAY, feed_seconds, before)

    def frequent_callers(self) -> set[Person]:
        """Return who suffers events enough to be known elsewhere: six or more in all the years."""
        events = Counter(event.victim for event in self.events if event.victim is not None)
        return {victim for victim, many in events.items() if many >= 6}

    def _year(self, year: int, until_calls: int, before: list[Person]) -> list[Person]:
        chance = self._random.random
        self._span = (year * YEAR_DAYS * DAY, (year + 1) * YEAR_DAYS * DAY - 6_000)
        self._day_range = (year * YEAR_DAYS, (year + 1) * YEAR_DAYS - 1)
        victims: dict[Person, None] = {}
        while (left := until_calls - len(self._contacts)) > 0:
            if chance() < self._nobodys:
                self._in_the_street()
                continue
            found = self._next_victim(before, victims)
            if found is None:
                continue
            victim, near = found
            victims[victim] = None
            self._victims_year(victim, min(self._counts.draw(chance), left), near)
        return list(victims)

    def _in_the_street(self) -> None:
        event = self._event(self._kinds.draw(self._random.random), None, self._hot_home())
        second = self._moment()
        self._contacts.append(Contact(second, event.number, OTHERS))
        if self._random.random() < self._shares.neighbours_call:
            self._contacts.append(Contact(second + 240, event.number, OTHERS + 1))

    def _event(self, kind: str, victim: Person | None, home: Dwelling) -> Event:
        event = Event(len(self.events), kind, victim, home)
        self.events.append(event)
        return event

    def _hot_home(self) -> Dwelling:
        street = bisect(self._heat, self._random.random() * self._heat[-1])
        nth = street * DWELLINGS_PER_STREET + int(self._random.random() * DWELLINGS_PER_STREET)
        return self._place.homes[min(nth, len(self._place.homes) - 1)]

    def _next_victim(
        self, before: list[Person], already: dict[Person, None]
    ) -> tuple[Person, int | None] | None:
        """Return who suffers next, and the second near which it begins where it is a near repeat."""
        chance, shares = self._random.random, self._shares
        day = self._day_range[0] + int(chance() * YEAR_DAYS)
        kind, near = chance(), None
        household = None
        if self._last and kind < shares.near_repeat + shares.same_household:
            last, near, _event = self._last
            day = self._clock.day(near)
            household = last.household(day)
            if household and kind < shares.near_repeat:
                beside = self._place.adult_near(
                    household.home(day), one_of((-3, -2, -1, 1, 2, 3), chance), day
                )
                household = beside[1] if beside else None
            near += int(chance() * 10 * DAY)
        elif before and kind < shares.near_repeat + shares.same_household + shares.victim_again:
            again = one_of(before, chance)
            return None if again in already or again.household(day) is None else (again, None)
        else:
            tenants = self._place.at(self._hot_home(), day)
            household = one_of(tenants, chance) if tenants else None
        if household is None:
            return None
        living = household.living(day)
        victim = one_of(living, chance) if living else None
        if victim is None or victim in already or victim.age(day) < 5:
            return None
        if victim.age(day) < 18 and chance() < 0.7:
            return None
        return victim, near

    def _moment(self) -> int:
        first, last = self._day_range
        before = self._days[first - 1] if first else 0.0
        day = bisect(self._days, before + self._random.random() * (self._days[last] - before))
        return self._inside(self._at_hour(min(day, last)))

    def _at_hour(self, day: int) -> int:
        chance = self._random.random
        second = self._hours.draw(chance) * 3_600 + int(chance() * 3_600)
        return day * DAY + (second - self._clock.seconds_into_day) % DAY

    def _inside(self, second: int) -> int:
        first, end = self._span
        return first + (second - first) % (end - first)

    def _victims_year(self, victim: Person, calls: int, near: int | None) -> None:
        random, shares, contacts = self._random, self._shares, self._contacts
        chance = random.random
        centre = self._moment() if near is None else self._inside(near)
        trouble = self._kinds.draw(chance)
        suspect = self._suspect(victim, self._clock.day(centre)) if chance() < shares.known_suspect else None
        left, first = calls, True
        while left > 0:
            # Trouble comes in spells: most events lie within ten weeks of one another, some anywhere.
            in_spell = first or chance() < shares.spell
            if first:
                second = centre
            elif in_spell:
                day = (centre // DAY) + int(random.gauss(0, 35))
                second = self._inside(self._at_hour(day))
            else:
                second = self._moment()
            household = victim.household(self._clock.day(second))
            if household is None:
                second, household = centre, victim.household(self._clock.day(centre))
                if household is None:
                    return
            kind = trouble if in_spell and chance() < shares.same_kind else self._kinds.draw(chance)
            event = self._event(kind, victim, household.home(self._clock.day(second)))
            event.suspect = suspect if in_spell else None
            if first and near is not None and self._last:
                event.near = self._last[2]
            if first:
                self._last = (victim, second, event.number)
            first = False
            contacts.append(Contact(second, event.number, FIRST))
            left -= 1
            if left and chance() < shares.chased:
                contacts.append(Contact(second + 300 + int(chance() * 2_100), event.number, CHASING))
                left -= 1
            if chance() < shares.neighbours_call:
                contacts.append(Contact(second + 120 + int(chance() * 1_400), event.number, OTHERS))
            if calls >= 6 and left >= 2 and chance() < shares.burst:
                for nth in (1, 2):
                    again = self._event(event.kind, victim, event.home)
                    again.suspect = event.suspect
                    after = self._inside(second + nth * random.randint(25_000, 40_000))
                    contacts.append(Contact(after, again.number, FIRST))
                left -= 2

    def _suspect(self, victim: Person, day: int) -> Person | None:
        household = victim.household(day)
        if household is None:
            return None
        doors = one_of((-6, -4, -3, -2, -1, 1, 2, 3, 4, 6), self._random.random)
        near = self._place.adult_near(household.home(day), doors, day)
        return near[0] if near and near[0] is not victim else None

    def _after(self, calls: int, start: int, seconds: int, before: list[Person]) -> list[Contact]:
        """Plan the live feed: mostly people who were victims in the last year, calling again."""
        chance = self._random.random
        self._contacts = []
        self._span = (start, start + seconds)
        day = self._clock.day(start)
        while len(self._contacts) < calls:
            second = start + int(chance() * seconds)
            victim = one_of(before, chance) if before and chance() < 0.7 else None
            household = victim.household(day) if victim else None
            kind = self._kinds.draw(chance)
            home = household.home(day) if household else self._hot_home()
            event = self._event(kind, victim if household else None, home)
            self._contacts.append(Contact(second, event.number, FIRST if household else OTHERS))
        return sorted(self._contacts[:calls])


def _weighted_days(clock: Clock, years: int, rates: Rates) -> list[float]:
    weights = []
    for day in range(years * YEAR_DAYS):
        when = clock.date_of(day)
        weights.append(rates.weekdays[when.weekday()] * rates.months[when.month - 1])
    return list(accumulate(weights))


def _heat(place: Neighbourhood, random: Random) -> list[float]:
    """Return running sums of how much happens in each street: a few have most of it (invented)."""
    streets = -(-len(place.homes) // DWELLINGS_PER_STREET)
    return list(accumulate(random.lognormvariate(0, 0.9) for _ in range(streets)))
