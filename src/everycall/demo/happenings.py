"""What happens to whom and when: long-tailed victims, bursts, neighbours, calls without a victim.

One call is planned as one whole number, so that a plan of ten million calls fits in memory and can be sorted.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

YEAR_SECONDS = 365 * 86_400
YEARS = 2
CALLS_IN_A_YEAR = (
    (1, 40.0), (2, 16.0), (3, 9.0), (4, 6.0), (5, 4.0), (6, 4.0), (7, 3.0), (8, 2.0), (9, 1.1), (10, 0.6),
    (11, 2.8), (12, 2.3), (13, 1.9), (14, 1.6), (16, 1.5), (18, 1.3), (20, 1.0), (24, 0.8), (30, 0.6),
    (45, 0.5),
)  # fmt: skip
"""Calls by victims in a year, and per cent of victims: one in four calls six times or more, one in seven more
than ten (HMIC 2012, as reported by Channel 4 News: "repeated calls"). The shape between is ours."""

WITHOUT_VICTIM = 0.17
"""Share of calls about a street or a park, with nobody in particular affected (invented)."""

NEAR_REPEAT = 0.2
"""Share of victims who live up to three doors from the one before (invented)."""

HOURS = (3, 2, 2, 1, 1, 1, 1, 2, 3, 3, 3, 3, 4, 4, 4, 5, 6, 7, 8, 9, 9, 9, 8, 6)
"""Calls by local hour of the day, most in the evening (invented)."""

NOBODY = 2**32 - 1
_EVENT_BITS, _PART_BITS = 27, 4


@dataclass(frozen=True, slots=True)
class Planned:
    """One call. ``part`` 0 is the event's first call; ``second`` counts from the start of the plan."""

    second: int
    event: int
    part: int
    household: int | None


class Plan:
    """Every call of the made-up force in order of time."""

    def __init__(self, calls: int, households: int, random: Random) -> None:
        self._households = households
        self._random = random
        self._victim = array("I")
        self._packed: list[int] = []
        before: list[int] = []
        for year in range(YEARS):
            before = self._year(year, calls * (year + 1) // YEARS, before)
        self._packed = (
            sorted(random.sample(self._packed, calls)) if len(self._packed) > calls else sorted(self._packed)
        )

    def __len__(self) -> int:
        return len(self._packed)

    def __iter__(self) -> Iterator[Planned]:
        for packed in self._packed:
            part = packed & (2**_PART_BITS - 1)
            event = packed >> _PART_BITS & (2**_EVENT_BITS - 1)
            household = self._victim[event]
            yield Planned(
                packed >> _PART_BITS + _EVENT_BITS, event, part, None if household == NOBODY else household
            )

    def _add(self, second: int, event: int, part: int) -> None:
        self._packed.append((second << _EVENT_BITS | event) << _PART_BITS | part)

    def _event(self, household: int) -> int:
        self._victim.append(household)
        return len(self._victim) - 1

    def _moment(self, year: int) -> int:
        day = self._random.randrange(365)
        hour = self._random.choices(range(24), HOURS)[0]
        return year * YEAR_SECONDS + day * 86_400 + hour * 3_600 + self._random.randrange(3_600)

    def _year(self, year: int, until_calls: int, before: list[int]) -> list[int]:
        random, counts, shares = self._random, *zip(*CALLS_IN_A_YEAR, strict=True)
        victims: dict[int, None] = {}
        last = 0
        mean = sum(count * weight for count, weight in CALLS_IN_A_YEAR) / 100
        # One call at a time without a victim, `mean` for a victim: the draw is likelier than its share.
        share = mean * WITHOUT_VICTIM / (1 + (mean - 1) * WITHOUT_VICTIM)
        while len(self._packed) < until_calls:
            if random.random() < share:
                self._add(self._moment(year), self._event(NOBODY), 0)
                continue
            household = self._next_victim(last, before)
            if household in victims:
                continue
            victims[household] = None
            last = household
            self._victim_year(
                year, household, min(random.choices(counts, shares)[0], until_calls - len(self._packed))
            )
        return list(victims)

    def _next_victim(self, last: int, before: list[int]) -> int:
        kind = self._random.random()
        if kind < NEAR_REPEAT:
            return (last + self._random.choice((-3, -2, -1, 1, 2, 3))) % self._households
        if before and kind < NEAR_REPEAT + 0.3:
            return self._random.choice(before)
        return self._random.randrange(self._households)

    def _victim_year(self, year: int, household: int, calls: int) -> None:
        random = self._random
        centre = self._moment(year)
        left = calls
        while left:
            # Trouble comes in spells: most events lie within ten weeks of one another, some anywhere.
            second = (
                centre + round(random.gauss(0, 35) * 86_400) if random.random() < 0.75 else self._moment(year)
            )
            second = self._inside(year, second)
            event = self._event(household)
            self._add(second, event, 0)
            left -= 1
            if left and random.random() < 0.1:
                self._add(second + random.randint(300, 2_400), event, 1)
                left -= 1
            if random.random() < 0.05:
                self._add(second + random.randint(120, 1_500), event, 8)
            if calls >= 6 and left >= 2 and random.random() < 0.12:
                for nth in range(2):
                    self._add(
                        self._inside(year, second + (nth + 1) * random.randint(25_000, 40_000)),
                        self._event(household),
                        0,
                    )
                left -= 2

    def _inside(self, year: int, second: int) -> int:
        start = year * YEAR_SECONDS
        return start + (second - start) % (YEAR_SECONDS - 6_000)
