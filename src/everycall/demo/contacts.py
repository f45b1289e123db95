"""One planned contact becomes one call as the control room recorded it, and the truth about it."""

from __future__ import annotations

from random import Random
from typing import Any

from everycall.demo.asked import asked_row, yes_or_no
from everycall.demo.callers import Callers
from everycall.demo.clock import Clock
from everycall.demo.closing import end_call
from everycall.demo.faults import Planted
from everycall.demo.happenings import CHASING, OTHERS, Contact, Event
from everycall.demo.knowable import Known, can_be_found
from everycall.demo.logs import OWN_WORDS, Facts, Line, Logs, place_named
from everycall.demo.made import Made, Now
from everycall.demo.neighbourhood import Neighbourhood
from everycall.demo.parties import Parties
from everycall.demo.people import Household, Person
from everycall.demo.rates import Rates, Weighted, one_of
from everycall.demo.room import QUESTIONS, SEVERE, Room
from everycall.demo.sentences import Say
from everycall.demo.spelling import written_address, written_postcode
from everycall.demo.streets import Dwelling, district_name, ward_name, words
from everycall.demo.truth import Truth

TELLS_SELDOM = {"suicide_or_self_harm": 0.4, "domestic_abuse": 0.5, "exploitation": 0.5}
SEEN_ANYWAY = {"language_barrier": 0.65, "child_victim": 0.5, "older_or_frail": 0.3}
TELLS, VOLUNTEERS = 0.8, 0.2
"""How often a circumstance is told when asked for, and when not (invented)."""

UNREPORTED_BEFORE = 0.2
"""Share of people who ring for the first time and had suffered before without ringing (invented)."""


class ControlRoom:
    """Takes the contacts of one neighbourhood in order of time."""

    def __init__(
        self,
        seed_random: Random,
        clock: Clock,
        place: Neighbourhood,
        events: list[Event],
        room: Room,
        say: Say,
        rates: Rates,
        parties: Parties,
        known: Known,
        faults: tuple[Planted, ...],
        prefix: str,
    ) -> None:
        self._random, self._chance = seed_random, seed_random.random
        self._clock, self._place, self._events, self._room = clock, place, events, room
        self._say, self._logs, self._parties, self._known = say, Logs(say), parties, known
        self._faults, self._prefix = faults, prefix
        self._callers = Callers(place, seed_random.random)
        self._sources = Weighted(rates.sources)
        self._nobodys_roles = Weighted(rates.roles_of_nobodys)
        self._parks = words().parks
        self._district = {ward: district_name(ward) for ward in {home.ward for home in place.homes}}
        self._ward = {ward: ward_name(ward) for ward in self._district}
        self._serials: dict[str, int] = {}

    def take(self, contact: Contact) -> Made:
        """Return the call of one contact; contacts must come in order of time."""
        event = self._events[contact.number]
        second, day = contact.second, self._clock.day(contact.second)
        source = "101" if contact.part == CHASING else self._sources.draw(self._chance)
        handler = self._room.on_duty(day, self._clock.hour(second), self._chance)
        now = Now(
            second, day, event, contact.part, self._ref(second), source, handler,
            self._district[event.home.ward], [],
        )  # fmt: skip
        household = event.victim.household(day) if event.victim is not None else None
        has = event.victim.has(day) if event.victim is not None else []
        now.faults = [
            one
            for one in self._faults
            if one.touches(second, handler.team, handler.number, now.district, source, has)
        ]
        if event.victim is None or household is None or contact.part >= OTHERS:
            return self._others(now)
        return self._victims(now, event.victim, household, has)

    def _ref(self, second: int) -> str:
        day = self._clock.iso(second)[:10].replace("-", "")
        serial = self._serials[day] = self._serials.get(day, 0) + 1
        return f"{self._prefix}-{day}-{serial:04d}"

    def _victims(self, now: Now, victim: Person, household: Household, has: list[str]) -> Made:
        chance, event, day = self._chance, now.event, now.day
        caller, lives, role = self._callers.of(victim, household, day)
        before = self._known.suffered_before(victim, event.number, chance() < UNREPORTED_BEFORE)
        facts = self._facts(now, victim, has, before, role)
        if now.part == CHASING:
            lines = self._logs.chasing(now.handler, chance)
            facts.before, facts.told, facts.before_asked = None, [], False
            facts.circumstances_asked = facts.suspect_named = False
        else:
            template = next((one.fault.template for one in now.faults if one.fault.template), None)
            lines = self._logs.written(facts, now.handler, template, chance)
        call = self._call(now, lines, household.home(day) if chance() < 0.9 else event.home)
        mentions = {"caller": caller}
        if chance() < 0.05:
            call["caller"] = {"name": "ANON", "role": role}
        else:
            call["caller"] = self._parties.party(caller, lives, day, role)
        if caller is victim:
            named = call["caller"]
        else:
            named = self._parties.party(victim, household, day, "victim")
            named.pop("phone", None)
            call["victims"] = [named]
            mentions["victim 0"] = victim
        self._suspect(call, now, facts, mentions)
        call["answers"] = self._answers(facts)
        if "language_barrier" in facts.told and now.source in ("999", "101"):
            call["language_line"] = chance() < 0.6
        says = facts.before is True
        call["marked_repeat"] = _marked(before, now.handler.marks_repeat, chance())
        call["marked_vulnerable"] = _marked(bool(facts.told), now.handler.marks_vulnerable, chance())
        if chance() < 0.12:
            del call["caller"]["role"]
        end_call(call, now, self._room, self._logs, self._clock, chance)
        truth = self._truth(now, mentions, (victim.person_id,), has, facts.told)
        asked = asked_row(now, facts, before, has)
        knowable = self._known.row(
            now.ref, now.second, day, event.number, victim, can_be_found(named), says, has, facts.told
        )
        return Made(now.second, call, truth, asked, knowable)

    def _facts(self, now: Now, victim: Person, has: list[str], before: bool, role: str) -> Facts:
        chance, event = self._chance, now.event
        own = now.source in OWN_WORDS and role == "victim"
        voice = (
            "own" if own else {"third_party": "third", "professional": "professional"}.get(role, "handler")
        )
        suspect = self._parties.name(event.suspect, now.day) if event.suspect else ""
        door = self._door(event, now.day)
        home = event.home
        place = place_named(home.building, home.number, home.street, chance, self._parks)
        slots = self._logs.slots(
            victim.sex, victim.age(now.day), place, home.street, suspect, door, own, chance
        )
        facts = Facts(event.kind, voice, slots)
        facts.before_asked, facts.circumstances_asked = (self._asks(now, question) for question in QUESTIONS)
        perceives = chance() < (0.95 if before else 0.02)
        if facts.before_asked or chance() < (0.28 if perceives else 0.05):
            facts.before = perceives
        for name in has:
            share = TELLS_SELDOM.get(name, TELLS) if facts.circumstances_asked else VOLUNTEERS
            if chance() < max(share, SEEN_ANYWAY.get(name, 0.0)):
                facts.told.append(name)
        severe = event.kind in SEVERE
        if chance() < (0.25 if severe or before else 0.1):
            facts.told.append("fear_or_impact")
        if event.suspect and chance() < 0.25:
            facts.told.append("targeted")
        if severe and victim.origin.origin != "english" and chance() < 0.2:
            facts.told.append("hate_motivation")
        facts.suspect_named = event.suspect is not None and chance() < 0.5
        facts.suspect_hinted = event.suspect is not None and chance() < 0.3
        facts.about_others = chance() < 0.08
        return facts

    def _asks(self, now: Now, question: str) -> bool:
        share = 0.55 if now.source in OWN_WORDS else now.handler.asks[question]
        for one in now.faults:
            share = one.fault.asks.get(question, share)
        return self._chance() < share

    def _door(self, event: Event, day: int) -> str:
        household = event.suspect.household(day) if event.suspect else None
        return household.home(day).number if household else "?"

    def _suspect(self, call: dict[str, Any], now: Now, facts: Facts, mentions: dict[str, Person]) -> None:
        suspect = now.event.suspect
        if suspect is None or not facts.suspect_named or self._chance() < 0.3:
            return
        household = suspect.household(now.day)
        other: dict[str, Any] = {"name": facts.slots["suspect"], "role": "suspect"}
        if household is not None and self._chance() < 0.6:
            home = household.home(now.day)
            other["address"] = written_address(home.flat, home.number, home.street, self._chance)
        call["others"] = [other]
        mentions["other 0"] = suspect

    def _others(self, now: Now) -> Made:
        """Make the call of somebody who is no victim: a neighbour of one, a passer-by, the police themselves."""
        chance, event, day = self._chance, now.event, now.day
        beside = event.victim is not None
        role = "witness" if beside else self._nobodys_roles.draw(chance)
        home = event.home
        place = place_named(home.building, home.number, home.street, chance, self._parks)
        slots = self._logs.slots("female", 40, place, home.street, "", "", False, chance)
        facts = Facts(event.kind, "neighbour" if beside else "handler", slots)
        facts.about_others = chance() < 0.1
        lines = self._logs.written(facts, now.handler, None, chance)
        call = self._call(now, lines, home)
        if not beside:
            for name in ("postcode", "uprn"):
                call["location"].pop(name, None)
            call["location"]["address"] = home.street.upper() if chance() < 0.4 else home.street
        mentions = {}
        doors = one_of((-2, -1, 1, 2), chance) if beside else int(chance() * 40) - 20
        found = self._place.adult_near(home, doors, day) if role == "witness" else None
        if found and chance() < 0.85:
            call["caller"] = self._parties.party(*found, day, role)
            mentions["caller"] = found[0]
        elif role in ("witness", "anonymous"):
            call["caller"] = {"role": "anonymous"}
        else:
            call["caller"] = {"name": f"{role.upper()} CALLER", "role": role}
        call["answers"] = {}
        end_call(call, now, self._room, self._logs, self._clock, chance)
        truth = self._truth(now, mentions, (), [], [])
        return Made(now.second, call, truth, asked_row(now, None, None, []))

    def _call(self, now: Now, lines: list[Line], home: Dwelling) -> dict[str, Any]:
        chance, event = self._chance, now.event
        location: dict[str, Any] = {
            "address": written_address(home.flat, home.number, home.street, chance, home.building)
        }
        if chance() < 0.75:
            location["postcode"] = written_postcode(home.postcode, chance)
        if chance() < 0.3:
            location["uprn"] = home.uprn
        if chance() < 0.7:
            location |= {"easting": home.easting, "northing": home.northing}
        iso, second = self._clock.iso, now.second
        return {
            "ref": now.ref,
            "received_at": iso(second),
            "source": now.source,
            "category": self._say.kinds[event.kind].category if chance() < 0.93 else None,
            "behaviours": [event.kind] if chance() < 0.9 else [],
            "location": location,
            "log": [
                {"at": iso(second + after), "by": by, "text": text}
                if by
                else {"at": iso(second + after), "text": text}
                for after, by, text in lines
            ],
            "handler": now.handler.name,
            "team": now.handler.team,
            "district": now.district,
        }

    def _answers(self, facts: Facts) -> dict[str, str]:
        chance = self._chance
        answers = {}
        if facts.before_asked and chance() < 0.75:
            answers["happened_before"] = "unknown" if facts.before is None else yes_or_no(facts.before)
        if facts.circumstances_asked and chance() < 0.75:
            answers["personal_circumstances"] = yes_or_no(bool(facts.told))
        if facts.before and chance() < 0.15:
            answers["how_often"] = one_of(("occasional", "monthly", "weekly", "daily"), chance)
        if chance() < 0.1:
            answers["happening_now"] = one_of(("yes", "no", "unknown"), chance)
        if "targeted" in facts.told and chance() < 0.5:
            answers["targeted"] = "yes"
        return answers

    def _truth(
        self,
        now: Now,
        mentions: dict[str, Person],
        victims: tuple[str, ...],
        has: list[str],
        told: list[str],
    ) -> Truth:
        households = {}
        for person in mentions.values():
            household = person.household(now.day)
            households[person.person_id] = household.household_id if household else ""
        for victim in victims:
            if victim not in households and now.event.victim is not None:
                household = now.event.victim.household(now.day)
                households[victim] = household.household_id if household else ""
        return Truth(
            now.ref,
            now.second,
            {mention: person.person_id for mention, person in mentions.items()},
            victims,
            households,
            f"event-{self._prefix}-{now.event.number}",
            now.event.home.place_id,
            tuple(has),
            tuple(told),
            tuple(one.name for one in now.faults),
        )


def _marked(is_so: bool, share: float, kind: float) -> bool | None:
    if is_so:
        return True if kind < share else False if kind < share + 0.25 else None
    return False if kind < 0.5 else None
