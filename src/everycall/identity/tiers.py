"""Which earlier mentions are the same person, the same household, the same line or the same place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from everycall.identity.compare import Score, compare, surname_level
from everycall.identity.history import PastMention
from everycall.identity.mention import LOCATION, Mention
from everycall.identity.model import Model
from everycall.identity.normalise.names import is_distinctive
from everycall.identity.rules import Search
from everycall.identity.shared import Shared
from everycall.localtime import local_date

Tier = Literal["person", "household", "phone", "place", "possible", "dwelling", "address"]

NEVER_VICTIM = frozenset({"suspect", "subject"})


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier mention and how it belongs to the victim.

    ``possible`` may be the same person; ``dwelling`` is somebody else of the same home without a known link;
    ``address`` is a flag about the home or the place, whoever lives there.
    """

    past: PastMention
    tier: Tier
    probability: float
    score: Score | None = None
    confirmed: bool | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom one call asks about."""

    people: tuple[Mention, ...]
    place: Mention | None
    received_at: datetime
    words_on: Mapping[str, bool]


def match(
    sought: Sought, candidates: Sequence[PastMention], shared: Shared, model: Model, limits: Search
) -> tuple[Match, ...]:
    """Give every candidate its tier; those that belong to none are left out.

    Person: probability above the limit, with agreement on forename or birth date and no plain contradiction,
    or a person's word. Household: the same dwelling and a link between people who overlapped in time. A
    suspect or subject is matched as a person (shown, in that role) and never joins a household.
    """
    found: list[Match] = []
    unlinked: list[Match] = []
    day = local_date(sought.received_at)
    for past in candidates:
        if past.mention.which == LOCATION:
            if sought.place and past.mention.place == sought.place.place:
                found.append(Match(past, "place", 1.0, because="same place"))
            continue
        if past.call is None and not past.mention.named:
            if _about_address(sought, past.mention):
                found.append(Match(past, "address", 1.0, because="same address"))
            continue
        best = None
        for person in sought.people:
            score = compare(
                person, past.mention, day, local_date(past.at), model, shared.phones, shared.communal
            )
            one = _tier(person, past, score, sought.words_on, shared, limits)
            if one and (best is None or _ORDER[one.tier] < _ORDER[best.tier]):
                best = one
        if best and best.tier == "dwelling":
            unlinked.append(best)
        elif best:
            found.append(best)
    return (*found, *_households(sought, found, unlinked, shared, limits))


def _about_address(sought: Sought, flagged: Mention) -> bool:
    homes = {
        home for person in sought.people for home in (person.dwelling, person.building, person.phone) if home
    }
    if sought.place:
        homes |= {home for home in (sought.place.dwelling, sought.place.building) if home}
    return bool(homes & {home for home in (flagged.dwelling, flagged.building, flagged.phone) if home})


_ORDER: Mapping[str, int] = {"person": 0, "dwelling": 1, "possible": 2, "phone": 3}


def _tier(
    person: Mention,
    past: PastMention,
    score: Score,
    words_on: Mapping[str, bool],
    shared: Shared,
    limits: Search,
) -> Match | None:
    mention = past.mention
    word = words_on.get(past.call.ref) if past.call and mention.role not in NEVER_VICTIM else None
    probability = score.probability(limits.population)
    same_line = bool(person.phone and person.phone == mention.phone and person.phone not in shared.phones)
    if word is True or (
        word is None
        and probability >= limits.person_probability
        and score.personal
        and not score.contradicted
    ):
        return Match(past, "person", probability, score, word, "same person")
    if mention.role in NEVER_VICTIM:
        return None
    likely = probability >= limits.possible_probability or (
        same_line and not (person.named and mention.named)
    )
    if word is None and likely and not score.contradicted:
        return Match(past, "possible", probability, score, None, "possibly the same person")
    if person.dwelling and person.dwelling == mention.dwelling and person.dwelling not in shared.communal:
        return Match(past, "dwelling", probability, score, word, "same dwelling")
    if person.phone and person.phone == mention.phone:
        return Match(past, "phone", probability, score, word, "same phone")
    return None


def _households(
    sought: Sought, found: Sequence[Match], unlinked: Sequence[Match], shared: Shared, limits: Search
) -> Iterable[Match]:
    """Turn people of the same dwelling into a household where a link holds and their times overlap."""
    if not unlinked:
        return []
    gap = timedelta(days=limits.household_days)
    own = [m.past for m in found if m.tier == "person"]
    own_calls = {past.call.ref for past in own if past.call}
    here = {person.dwelling for person in sought.people if person.dwelling}
    moved_in = min([past.at for past in own if past.mention.dwelling in here], default=sought.received_at)
    last_here: dict[tuple[object, ...], datetime] = defaultdict(
        lambda: datetime.min.replace(tzinfo=moved_in.tzinfo)
    )
    for m in unlinked:
        who = _who(m.past.mention)
        last_here[who] = max(last_here[who], m.past.at)
    linked = {_who(m.past.mention) for m in unlinked if _link(sought.people, m.past, own_calls, shared)}
    result = []
    for m in unlinked:
        who = _who(m.past.mention)
        overlap = moved_in - last_here[who] <= gap
        if who in linked and overlap:
            result.append(Match(m.past, "household", m.probability, m.score, m.confirmed, "same household"))
        elif overlap:
            result.append(m)
    return result


def _who(mention: Mention) -> tuple[object, ...]:
    return (mention.forenames, mention.surname, mention.born)


def _link(people: Sequence[Mention], past: PastMention, own_calls: set[str], shared: Shared) -> bool:
    """Say whether somebody of the same dwelling is linked: by a distinctive name, a line, or one call."""
    mention = past.mention
    if past.call and past.call.ref in own_calls:
        return True
    for person in people:
        if person.dwelling != mention.dwelling:
            continue
        if person.phone and person.phone == mention.phone and person.phone not in shared.phones:
            return True
        if (
            person.surname
            and mention.surname
            and surname_level(person.surname, mention.surname) != "different"
            and is_distinctive(person.surname)
            and is_distinctive(mention.surname)
        ):
            return True
    return False
