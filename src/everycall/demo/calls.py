"""Calls of the made-up force: one planned happening becomes one recorded call, and its truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from everycall.demo.happenings import YEAR_SECONDS, YEARS, Plan, Planned
from everycall.demo.households import Household, Person, Town
from everycall.demo.logs import Sentences, Told, chasing_log, others_log, victims_log
from everycall.demo.moments import later
from everycall.demo.phones import written_phone
from everycall.demo.spelling import written_address, written_name, written_postcode
from everycall.demo.streets import Dwelling, dwelling, ward_name
from everycall.demo.truth import Truth
from everycall.localtime import LONDON

SOURCES = (("101", 52), ("999", 24), ("online", 12), ("webchat", 5), ("email", 3), ("front_counter", 4))
CLOSED = (
    ("resolved", 18), ("advice", 20), ("referred", 7), ("attended", 15), ("crimed", 7), ("no_trace", 12),
    ("no_action", 10), ("unresourced", 7), ("transferred", 4),
)  # fmt: skip
"""How calls were closed, by weight (invented; about one in five attended, as in H1 for 2022)."""

GRADES = (
    ("emergency", 6), ("priority", 22), ("scheduled", 38), ("resolution_without_deployment", 34),
)  # fmt: skip
"""Grades given on the day, by weight (invented)."""

HANDLERS = tuple(f"C{number}" for number in range(7201, 7225))
MARKS_REPEAT = {0: 0.75, 1: 0.45, 2: 0.2}
"""How often each of three teams marked a repeat victim as one: unevenly, as inspectors found (A2, A3)."""

SAME_VICTIM = 0.93
"""Share of a household's events that befall the same member of it (invented)."""


@dataclass(frozen=True, slots=True)
class Made:
    """One call in the shape of the contract, without its ref, and its truth."""

    moment: datetime
    call: dict[str, Any]
    truth: Truth


class History:
    """The past calls of the made-up force, one by one in order of time."""

    def __init__(self, town: Town, plan: Plan, sentences: Sentences, until: datetime) -> None:
        self._town, self._plan, self._say = town, plan, sentences
        self._start = until - timedelta(seconds=YEARS * YEAR_SECONDS)
        self._seen: dict[str, int] = {}
        self._kinds = tuple(sentences.kinds)
        self._weights = tuple(kind.weight for kind in sentences.kinds.values())

    def __iter__(self) -> Iterator[Made]:
        for planned in self._plan:
            yield self._made(planned)

    def _made(self, planned: Planned) -> Made:
        moment = (self._start + timedelta(seconds=planned.second)).astimezone(LONDON)
        of_event = Random(f"{self._town.seed}:event:{planned.event}")
        random = Random(f"{self._town.seed}:event:{planned.event}:{planned.part}")
        kind = of_event.choices(self._kinds, self._weights)[0]
        if planned.household is None:
            return self._nobodys(planned, moment, kind, of_event, random)
        household = self._town.household(planned.household)
        if planned.part >= 8:
            return self._neighbours(planned, moment, kind, household, of_event, random)
        return self._victims(planned, moment, kind, household, random)

    def _victims(
        self, planned: Planned, moment: datetime, kind: str, household: Household, random: Random
    ) -> Made:
        day = moment.date()
        victim = _victim_of(self._town.seed, planned.event, household)
        home = household.home(day)
        before = self._seen.get(victim.person_id, 0) > 0
        self._seen[victim.person_id] = self._seen.get(victim.person_id, 0) + 1
        if planned.part:
            told = chasing_log(self._say, random)
        else:
            told = victims_log(
                self._say, kind, home.street, victim.age(day), victim.circumstances, before, random
            )
        adults = household.adults(day)
        for_another = victim.age(day) < 16 or (len(adults) > 1 and random.random() < 0.12)
        caller = random.choice([a for a in adults if a is not victim] or adults) if for_another else victim
        call = self._call(moment, kind, home, told, random)
        if caller is victim:
            call["caller"] = self._party(victim, household, home, random, "victim")
        else:
            call["caller"] = self._party(caller, household, home, random, "third_party")
            call["victims"] = [{**self._party(victim, household, home, random, "victim"), "phone": None}]
        if random.random() < 0.12:
            call["caller"]["role"] = None
        if random.random() < 0.04:
            call["caller"] = {"name": "ANON", "role": call["caller"]["role"]}
        call["marked_repeat"] = _marked(before, MARKS_REPEAT[planned.event % 3], random)
        call["marked_vulnerable"] = _marked(bool(told.circumstances), 0.4, random)
        call["answers"] = _answers(told, random)
        mentions = {"caller": caller.person_id}
        if caller is not victim:
            mentions["victim 0"] = victim.person_id
        return Made(moment, call, self._truth(moment, planned, home, mentions, (victim,), told))

    def _neighbours(
        self,
        planned: Planned,
        moment: datetime,
        kind: str,
        household: Household,
        of_event: Random,
        random: Random,
    ) -> Made:
        index = int(household.household_id.rpartition("-")[2])
        neighbours = self._town.household((index + of_event.choice((-1, 1))) % self._town.size)
        home = household.home(moment.date())
        told = others_log(self._say, kind, f"{home.number} {home.street}", True, random)
        call = self._call(moment, kind, home, told, random)
        adult = neighbours.adults(moment.date())[0]
        call["caller"] = self._party(adult, neighbours, neighbours.home(moment.date()), random, "witness")
        mentions = {"caller": adult.person_id}
        return Made(moment, call, self._truth(moment, planned, home, mentions, (), told))

    def _nobodys(
        self, planned: Planned, moment: datetime, kind: str, of_event: Random, random: Random
    ) -> Made:
        index = of_event.randrange(self._town.size)
        home = dwelling(index)
        told = others_log(self._say, kind, home.street, False, random)
        call = self._call(moment, kind, home, told, random)
        call["location"]["address"] = home.street.upper() if random.random() < 0.4 else home.street
        call["location"] |= {"postcode": None, "uprn": None}
        role = random.choices(
            ("anonymous", "witness", "business", "professional", "police"), (35, 40, 10, 8, 7)
        )[0]
        mentions: dict[str, str] = {}
        if role == "witness":
            household = self._town.household((index + 5) % self._town.size)
            adult = household.adults(moment.date())[0]
            call["caller"] = self._party(adult, household, household.home(moment.date()), random, role)
            mentions = {"caller": adult.person_id}
        else:
            call["caller"] = {"name": None if role == "anonymous" else f"{role.upper()} CALLER", "role": role}
        return Made(moment, call, self._truth(moment, planned, home, mentions, (), told))

    def _call(
        self, moment: datetime, kind: str, home: Dwelling, told: Told, random: Random
    ) -> dict[str, Any]:
        handler = random.choice(HANDLERS)
        closed_as = random.choices([name for name, _ in CLOSED], [weight for _, weight in CLOSED])[0]
        minutes = random.randint(15, 180)
        attended = closed_as in ("attended", "crimed") or (closed_as == "no_trace" and random.random() < 0.3)
        precise = random.random() < 0.7
        return {
            "received_at": moment.isoformat(),
            "source": random.choices([name for name, _ in SOURCES], [weight for _, weight in SOURCES])[0],
            "category": self._say.kinds[kind].category if random.random() < 0.93 else None,
            "behaviours": [kind] if random.random() < 0.9 else [],
            "location": {
                "address": written_address(home.flat, home.number, home.street, random),
                "postcode": written_postcode(home.postcode, random) if random.random() < 0.75 else None,
                "uprn": home.uprn if random.random() < 0.3 else None,
                "easting": home.easting if precise else None,
                "northing": home.northing if precise else None,
            },
            "log": [
                {"at": later(moment, seconds=20 + 75 * nth), "by": handler, "text": line}
                for nth, line in enumerate(told.lines)
            ],
            "answers": {},
            "handler": handler,
            "district": ward_name(home.ward),
            "status": "closed",
            "grade_given": random.choices([name for name, _ in GRADES], [weight for _, weight in GRADES])[0],
            "attended_at": later(moment, minutes=minutes) if attended else None,
            "closed_at": later(moment, minutes=minutes + random.randint(20, 600)),
            "closed_as": closed_as,
        }  # fmt: skip

    def _party(
        self, person: Person, household: Household, home: Dwelling, random: Random, role: str
    ) -> dict[str, Any]:
        number = household.landline if household.landline and random.random() < 0.5 else person.mobile
        return {
            "name": written_name(
                person.forename, person.surname, person.surname_first, self._town.names.nicknames, random
            ),
            "phone": written_phone(number, random) if random.random() < 0.78 else None,
            "date_of_birth": person.born.isoformat() if random.random() < 0.58 else None,
            "address": written_address(home.flat, home.number, home.street, random)
            if random.random() < 0.85
            else None,
            "postcode": written_postcode(home.postcode, random) if random.random() < 0.72 else None,
            "role": role,
        }

    def _truth(
        self,
        moment: datetime,
        planned: Planned,
        home: Dwelling,
        mentions: dict[str, str],
        victims: tuple[Person, ...],
        told: Told,
    ) -> Truth:
        return Truth(
            ref="",
            received_at=moment,
            mentions=mentions,
            victims=tuple(victim.person_id for victim in victims),
            households={who: _household_of(who) for who in dict.fromkeys(mentions.values())},
            event_id=f"event-{planned.event}",
            place_id=home.place_id,
            circumstances=tuple(name for victim in victims for name in victim.circumstances),
            told=told.circumstances,
        )


def _household_of(person_id: str) -> str:
    return f"household-{person_id.split('-')[1]}"


def _victim_of(seed: int, event: int, household: Household) -> Person:
    """Return who of a household suffers: nearly always the same person, so that the tails stay long."""
    first = Random(f"{seed}:victim:{household.household_id}").choice(household.members)
    if Random(f"{seed}:victim:{event}").random() < SAME_VICTIM:
        return first
    return Random(f"{seed}:other:{event}").choice(household.members)


def _marked(is_so: bool, share: float, random: Random) -> bool | None:
    kind = random.random()
    if is_so:
        return True if kind < share else False if kind < share + 0.25 else None
    return False if kind < 0.5 else None


def _answers(told: Told, random: Random) -> dict[str, str]:
    answers = {}
    if told.says_before is not None and random.random() < 0.6:
        answers["happened_before"] = "yes" if told.says_before else "no"
    if told.circumstances and random.random() < 0.5:
        answers["personal_circumstances"] = "yes"
    if random.random() < 0.1:
        answers["happening_now"] = random.choice(("yes", "no", "unknown"))
    return answers
