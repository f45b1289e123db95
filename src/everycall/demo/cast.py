"""The situations played out: planted calls in the history and new calls, each with its truth."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from everycall.demo.clock import Clock
from everycall.demo.made import Made
from everycall.demo.moments import later
from everycall.demo.situations import CastParty, Contact, EarlierCall, KnownPlace, Situation, Situations
from everycall.demo.streets import district_name, ward_of
from everycall.demo.truth import Truth
from everycall.localtime import LONDON

HANDLER = "C7200"


def planted(situations: Situations, until: datetime, clock: Clock) -> list[Made]:
    """Return the earlier calls of every situation in order of time; all lie before ``until`` (aware)."""
    made = []
    for situation in situations.situation:
        new = until + timedelta(minutes=situation.call.minutes_after)
        for nth, earlier in enumerate(situation.history):
            before = timedelta(days=earlier.days_before, minutes=earlier.minutes_before)
            made.append(_earlier(situations, situation, earlier, nth, new - before, clock))
    return sorted(made, key=lambda one: (one.second, one.truth.event_id))


def new_calls(situations: Situations, until: datetime, clock: Clock) -> list[Made]:
    """Return the new call of every situation in order of time."""
    made = []
    for situation in situations.situation:
        moment = (until + timedelta(minutes=situation.call.minutes_after)).astimezone(LONDON)
        call = _call(situations, situation, situation.call, moment)
        call["status"] = "open"
        if situation.call.location is not None:
            call["location"] = dict(situation.call.location)
        goes_on = any(earlier.open for earlier in situation.history)
        event = f"event-cast-{situation.id}" if goes_on else f"event-cast-{situation.id}-new"
        second = clock.second_of(moment)
        made.append(Made(second, call, _truth(situation, situation.call, second, event, True)))
    return sorted(made, key=lambda one: one.second)


def _earlier(
    situations: Situations,
    situation: Situation,
    earlier: EarlierCall,
    nth: int,
    moment: datetime,
    clock: Clock,
) -> Made:
    moment = moment.astimezone(LONDON)
    call = _call(situations, situation, earlier, moment)
    if earlier.at_place_of:
        call["location"] = _location(situations, situation.parties[earlier.at_place_of])
    if earlier.open:
        call["status"] = "open"
    else:
        seen = earlier.closed_as in ("attended", "crimed", "resolved")
        call |= {
            "status": "closed",
            "closed_at": later(moment, minutes=95),
            "closed_as": earlier.closed_as,
            "attended_at": later(moment, minutes=50) if seen else None,
            "marked_repeat": False if nth % 2 else None,
        }
    event = f"event-cast-{situation.id}" if earlier.open else f"event-cast-{situation.id}-{nth}"
    second = clock.second_of(moment)
    return Made(second, call, _truth(situation, earlier, second, event, False))


def _call(situations: Situations, situation: Situation, contact: Contact, moment: datetime) -> dict[str, Any]:
    party = situation.parties[contact.caller]
    fields = ("name", "phone", "date_of_birth", "address", "postcode", "role")
    location = _location(situations, party)
    call: dict[str, Any] = {
        "received_at": moment.isoformat(),
        "source": contact.source,
        "category": contact.category,
        "behaviours": list(contact.behaviours),
        "caller": {name: getattr(party, name) for name in fields if getattr(party, name) is not None},
        "log": [
            {"at": later(moment, seconds=20 + 70 * nth), "by": HANDLER, "text": line}
            for nth, line in enumerate(contact.log)
        ],
        "answers": dict(contact.answers),
        "handler": HANDLER,
    }
    if location is not None:
        call["location"] = location
        call["district"] = district_name(ward_of(location["easting"], location["northing"]))
    return call


def _location(situations: Situations, party: CastParty) -> dict[str, Any] | None:
    place = _place(situations, party.postcode)
    if place is None or party.address is None:
        return None
    numbers = re.findall(r"\d+", party.address)
    along = int(numbers[-1]) * 8 % 200 if numbers else 0
    return {
        "address": party.address,
        "postcode": party.postcode,
        "easting": place.easting + along,
        "northing": place.northing,
        "source": "caller",
    }


def _place(situations: Situations, postcode: str | None) -> KnownPlace | None:
    plain = (postcode or "").replace(" ", "").upper()
    return next((place for place in situations.place if place.postcode.replace(" ", "") == plain), None)


def _truth(situation: Situation, contact: Contact, second: int, event: str, is_new: bool) -> Truth:
    party = situation.parties[contact.caller]
    if party.role == "anonymous":
        mentions: dict[str, str] = {}
    else:
        mentions = {"caller": _person(situation, contact.caller)}
    victims = tuple(mentions.values()) if party.role == "victim" else ()
    home = re.sub(r"[^a-z0-9]+", "-", f"{party.address or ''} {party.postcode or ''}".lower()).strip("-")
    return Truth(
        ref="",
        second=second,
        mentions=mentions,
        victims=victims,
        households={who: _household(situation, contact.caller) for who in mentions.values()},
        event_id=event,
        place_id=f"place-cast-{home}" if home else f"place-cast-{situation.id}",
        situation=situation.id,
        shows=situation.shows if is_new else None,
        expect=situation.expect if is_new else (),
    )


def _person(situation: Situation, key: str) -> str:
    return f"person-cast-{situation.id}-{situation.parties[key].same_person_as or key}"


def _household(situation: Situation, key: str) -> str:
    party = situation.parties[key]
    first = party.household_of or party.same_person_as or key
    return f"household-cast-{situation.id}-{first}"
