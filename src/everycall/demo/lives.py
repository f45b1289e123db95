"""What happens to households over the years: they move, part, join, have children, change numbers, fall ill, die."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count

from everycall.demo.households import Former, fits
from everycall.demo.people import NEVER, YEAR, Household, Person
from everycall.demo.rates import Weighted, one_of
from everycall.demo.streets import Dwelling


class Lives:
    """Lets the households of one neighbourhood live through all its days, in order of time.

    Parameters
    ----------
    former
        Forms the households that move in.
    days
        How many days the history has.
    """

    def __init__(self, former: Former, days: int) -> None:
        self._form, self._random, self._days = former, former.random, days
        self._rates = former.rates
        self._begins = Weighted(self._rates.circumstances_begin)
        share = sum(self._rates.circumstances_begin.values()) / 100
        rates = {
            name: (share if name == "circumstance" else 1) / (years * YEAR)
            for name, years in self._rates.lives.items()
        }
        # One clock for whatever comes next, and then what it is: the same as a clock for each, and quicker.
        self._rate = sum(rates.values())
        self._what = Weighted(rates)
        self._due: list[tuple[int, int, Household]] = []
        self._number = count()
        self._vacant: list[tuple[int, Dwelling]] = []
        self._given_up: list[str] = []
        self.households: list[Household] = []

    def run(self, households: list[Household], vacant: list[Dwelling]) -> None:
        """Let everybody live until the last day; ``self.households`` then holds those who came later too."""
        self._vacant = [(0, home) for home in vacant]
        for household in households:
            self._add(household, 0)
        while self._due:
            day, _, household = heappop(self._due)
            if household.ended > day:
                getattr(self, f"_{self._what.draw(self._random.random)}")(household, day)
                self._next(household, day)

    def _add(self, household: Household, day: int) -> None:
        self.households.append(household)
        self._next(household, day)

    def _next(self, household: Household, day: int) -> None:
        then = day + 1 + int(self._random.expovariate(self._rate))
        if then < self._days:
            heappush(self._due, (then, next(self._number), household))

    def _move(self, household: Household, day: int) -> None:
        if household.kind == "care_home":
            return
        chance = self._random.random
        old = household.home(day)
        new = self._free(day) if chance() < 0.6 and household.kind != "hostel" else None
        if new is None:
            self._leave(household, day)
        else:
            household.homes.append((day, new))
            if chance() < 0.5:
                household.landline = None
        self._empty(old, day)

    def _empty(self, home: Dwelling, day: int) -> None:
        """Let the next tenant in some weeks later, or leave the home for somebody who moves within the town."""
        day += self._random.randint(14, 60)
        if day >= self._days:
            return
        if (
            home.kind in ("house", "flat")
            and self._random.random() < self._rates.shares.moved_away_stays_vacant
        ):
            self._vacant.append((day, home))
        else:
            self._add(self._form.formed(home, day, None, day), day)

    def _free(self, day: int) -> Dwelling | None:
        for _ in range(min(6, len(self._vacant))):
            at = self._random.randrange(len(self._vacant))
            if self._vacant[at][0] <= day:
                self._vacant[at], self._vacant[-1] = self._vacant[-1], self._vacant[at]
                return self._vacant.pop()[1]
        return None

    def _leave(self, household: Household, day: int) -> None:
        for person in household.living(day):
            person.left = day
        household.ended = day

    def _part(self, household: Household, day: int) -> None:
        adults = household.adults(day)
        if household.kind not in ("couple", "family", "sharers") or len(adults) < 2:
            return
        goes = adults[1]
        if household.kind == "family":
            household.kind = "parent"
        elif household.kind == "couple":
            household.kind = "alone"
        home = self._free(day)
        if home is None:
            goes.left = day
            return
        alone = self._form.household(home, day, "alone", day)
        self._goes_to(goes, alone, day)
        if goes.sex == "female" and self._random.random() < 0.4:
            self._new_name(goes, goes.origin.surname(self._random.random), day)
        self._add(alone, day)

    def _join(self, household: Household, day: int) -> None:
        """Somebody who lives alone moves in with somebody who does, and may take the other's name."""
        if household.kind != "alone" or len(self.households) < 2:
            return
        other = one_of(self.households, self._random.random)
        mine, theirs = household.adults(day), other.adults(day)
        if other is household or other.kind != "alone" or other.ended <= day or not mine or not theirs:
            return
        comes = theirs[0]
        old = other.home(day)
        self._goes_to(comes, household, day)
        other.ended = day
        household.kind = "couple"
        if comes.sex == "female" and self._random.random() < 0.6:
            self._new_name(comes, comes.origin.as_borne_by("female", mine[0].surname(day)), day)
        self._empty(old, day)

    def _birth(self, household: Household, day: int) -> None:
        adults = [one for one in household.adults(day) if one.age(day) < 46]
        if household.kind not in ("couple", "family") or len(adults) < 2:
            return
        parent = adults[0]
        child = self._form.person(household, day, 0, parent.origin, parent.surname(day))
        child.born = day
        household.kind = "family"

    def _new_number(self, household: Household, day: int) -> None:
        """Somebody gets another number; now and then one that a stranger gave up."""
        adults = [one for one in household.adults(day) if one.mobiles]
        if not adults:
            return
        person = one_of(adults, self._random.random)
        given_up = person.mobiles[-1][1]
        second_hand = bool(self._given_up) and self._random.random() < 0.1
        number = self._given_up.pop(0) if second_hand else self._form.phones.new_mobile()
        person.mobiles.append((day, number))
        self._given_up.append(given_up)

    def _child_leaves(self, household: Household, day: int) -> None:
        grown = [one for one in household.adults(day)[1:] if 18 <= one.age(day) <= 28]
        if household.kind not in ("family", "parent", "three_ages") or not grown:
            return
        home = self._free(day)
        if home is None:
            grown[0].left = day
            return
        alone = self._form.household(home, day, "alone", day)
        self._goes_to(grown[0], alone, day)
        self._add(alone, day)

    def _dies(self, household: Household, day: int) -> None:
        old = [one for one in household.living(day) if one.age(day) >= 76]
        if not old:
            return
        old[0].left = day
        if not household.adults(day):
            home = household.home(day)
            self._leave(household, day)
            self._empty(home, day)

    def _circumstance(self, household: Household, day: int) -> None:
        adults = household.adults(day)
        if not adults:
            return
        person, name = one_of(adults, self._random.random), self._begins.draw(self._random.random)
        if fits(name, person, day) and name not in person.has(day):
            lasts = self._rates.circumstances_end.get(name)
            person.circumstances.append((name, day, NEVER if lasts is None else day + lasts))

    def _goes_to(self, person: Person, household: Household, day: int) -> None:
        person.stays.append((day, household))
        household.members.append(person)

    def _new_name(self, person: Person, surname: str, day: int) -> None:
        person.surnames.append((day, surname))
