"""The control room: handlers in teams and shifts, who ask, mark, grade, type and close unevenly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from everycall.demo.rates import Draw, Rates, Weighted, one_of

TEAMS = ("A", "B", "C", "D", "E")
FEWEST_HANDLERS = 25
CALLS_A_YEAR_EACH = 1_500
QUESTIONS = ("happened_before", "personal_circumstances")
"""The two questions that inspectors look for; unevenly asked, as in 2012 (half, and a third)."""

SEVERE = frozenset({"threats", "intimidation", "harassment", "damage", "stone_throwing"})


@dataclass(frozen=True, slots=True)
class Handler:
    """One call handler and their habits; shares between 0 and 1."""

    name: str
    number: int
    team: str
    asks: Mapping[str, float]
    marks_repeat: float
    marks_vulnerable: float
    hand: str
    slips: float
    shortens: float
    templates: float


@dataclass(frozen=True, slots=True)
class Room:
    """All handlers by team, and the uneven closings and grades of each district."""

    teams: Mapping[str, tuple[Handler, ...]]
    closings: Mapping[str, Weighted[str]]
    grades: Mapping[bool, Weighted[str]]

    def on_duty(self, day: int, hour: int, chance: Draw) -> Handler:
        """Return who takes a call: one of the team whose shift it is (three shifts a day, teams in turn)."""
        return one_of(self.teams[TEAMS[(day + hour // 8 * 2) % len(TEAMS)]], chance)


def make_room(seed: int, calls_a_year: int, districts: tuple[str, ...], rates: Rates) -> Room:
    """Return the control room that takes so many calls a year; the same for every neighbourhood of a force."""
    random = Random(f"{seed}:room")
    many = min(400, max(FEWEST_HANDLERS, calls_a_year // CALLS_A_YEAR_EACH))
    teams: dict[str, list[Handler]] = {team: [] for team in TEAMS}
    leans = {team: random.uniform(0.75, 1.25) for team in TEAMS}
    for number in range(many):
        team = TEAMS[number % len(TEAMS)]
        teams[team].append(_handler(number, team, leans[team], random))
    closings = {}
    for district in districts:
        tilted = {name: weight * random.uniform(0.5, 1.6) for name, weight in rates.closings.items()}
        closings[district] = Weighted(tilted)
    severe = {**rates.grades, "emergency": 14, "priority": 40, "resolution_without_deployment": 12}
    return Room(
        {team: tuple(handlers) for team, handlers in teams.items()},
        closings,
        {False: Weighted(rates.grades), True: Weighted(severe)},
    )


def _handler(number: int, team: str, leans: float, random: Random) -> Handler:
    before = min(0.97, max(0.08, random.gauss(0.5, 0.2) * leans))
    circumstances = min(0.95, max(0.03, random.gauss(0.33, 0.18) * leans))
    return Handler(
        name=f"C{7201 + number}",
        number=number,
        team=team,
        asks=dict(zip(QUESTIONS, (before, circumstances), strict=True)),
        marks_repeat=min(0.95, max(0.05, random.gauss(0.45, 0.25))),
        marks_vulnerable=min(0.95, max(0.05, random.gauss(0.4, 0.2))),
        hand=random.choices(("capitals", "small", "sentence"), (60, 18, 22))[0],
        slips=random.choice((0.0, 0.02, 0.05, 0.1, 0.25)),
        shortens=random.choice((0.0, 0.3, 0.8)),
        templates=random.choice((0.1, 0.3, 0.7)),
    )
