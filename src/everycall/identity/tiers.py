"""Which earlier mentions are the same person, the same household, the same line or the same place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from everycall.identity.compare import Score, compare
from everycall.identity.history import PastMention
from everycall.identity.households import Household, of_one_household
from everycall.identity.mention import LOCATION, Mention, same_home
from everycall.identity.model import Model
from everycall.identity.rules import Search
from everycall.identity.shared import Shared
from everycall.identity.told_in_part import Homes
from everycall.localtime import local_date

Tier = Literal["person", "household", "phone", "place", "possible", "dwelling", "address"]

NEVER_VICTIM = frozenset({"suspect", "subject"})

UNNAMED_AT_HOME = "same dwelling, and no name then or now"
"""Why somebody of the same home may be the very same person: nothing tells them apart."""

SAYS_NOT_WHO_SUFFERS = frozenset({None, "business", "anonymous"})
"""Roles that say who rang, not whether it was done to them: a shopkeeper, or who gave no name, may have suffered."""

_OTHERS_VOICES = frozenset({"witness", "third_party", "professional", "police", *NEVER_VICTIM})
"""Roles of those who are not the victim: a word that two calls are about one human is not about them."""


class Match(NamedTuple):
    """An earlier mention and how it belongs to the victim.

    ``possible`` may be the same person; ``dwelling`` is somebody else of the same home without a known link;
    ``address`` is a flag about the home or the place, whoever lives there. ``maybe_person`` says that somebody
    counted as of the household may be the very same person.
    """

    past: PastMention
    tier: Tier
    probability: float
    score: Score | None = None
    confirmed: bool | None = None
    because: str = ""
    maybe_person: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom one call asks about; ``supposed`` are the same people as if they lived where it happens.

    ``words_on`` is what people said of this call and others, ``also`` what follows by way of those found.
    """

    people: tuple[Mention, ...]
    supposed: tuple[Mention, ...]
    place: Mention | None
    received_at: datetime
    words_on: Mapping[str, bool]
    also: Mapping[str, bool] = field(default_factory=dict)


def match(
    sought: Sought, candidates: Sequence[PastMention], shared: Shared, model: Model, limits: Search
) -> tuple[Match, ...]:
    """Give every candidate its tier; those that belong to none are left out.

    Person: probability above the limit, with agreement on forename or birth date and no plain contradiction,
    or a person's word. Household: the same dwelling and a link between people who overlapped in time. A
    suspect or subject is matched as a person (shown, in that role) and never joins a household.
    """
    found: list[Match] = []
    at_home: list[Match] = []
    accused: list[PastMention] = []
    day = local_date(sought.received_at)
    people = (*sought.people, *sought.supposed)
    homes = Homes(people, (past.mention for past in candidates), shared.phones)
    in_full = [homes.in_full(person) for person in people]
    place = sought.place.place if sought.place else None
    for past in candidates:
        mention = past.mention
        if mention.which == LOCATION:
            if place and mention.place == place:
                found.append(Match(past, "place", 1.0, because="same place"))
            continue
        if past.call is None and not mention.named:
            if _about_address(sought, mention):
                found.append(Match(past, "address", 1.0, because="same address"))
            continue
        best, best_order = None, _LAST
        then = local_date(past.at)
        there = homes.in_full(mention)
        for number, (person, here) in enumerate(zip(people, in_full, strict=True)):
            score = compare(person, mention, day, then, model, shared.phones, shared.communal)
            at_one_home = _one_home(here, there, shared.communal)
            one = _tier(person, past, score, at_one_home, sought, shared, limits)
            if one is None:
                continue
            order = _order(one, supposed=number >= len(sought.people))
            if best is None or order < best_order:
                best, best_order = one, order
        if best is None:
            if mention.role in NEVER_VICTIM:
                accused.append(past)
        elif best.at_home:
            at_home.append(best.match)
        else:
            found.append(best.match)
    own = [m.past for m in found if m.tier == "person"]
    together = of_one_household(
        Household(
            people=in_full,
            own=[homes.of(past) for past in own if past.mention.role not in NEVER_VICTIM],
            own_as_accused=[past for past in own if past.mention.role in NEVER_VICTIM],
            accused=accused,
            shared=shared,
            distinctive=model.distinctive,
            now=sought.received_at,
            gap_days=limits.household_days,
        ),
        [homes.of(m.past) for m in at_home],
    )
    for m in at_home:
        if m.past.id in together.household:
            maybe = m.tier == "possible"
            found.append(
                Match(m.past, "household", m.probability, m.score, m.confirmed, "same household", maybe)
            )
        elif m.tier == "possible" or (m.past.id in together.unlinked and not sought.supposed):
            found.append(m)
        elif not any(_one_home(person, m.past.mention, shared.communal) for person in people):
            # of one home by their line alone
            found.append(m._replace(tier="phone", because="same phone"))
    return tuple(found)


def _about_address(sought: Sought, flagged: Mention) -> bool:
    """Say whether a flag about an address is about theirs: about the flat where it names one, else the house."""
    homes = {
        home for person in sought.people for home in (person.dwelling, person.building, person.phone) if home
    }
    if sought.place:
        homes |= {home for home in (sought.place.dwelling, sought.place.building) if home}
    return bool(homes & {home for home in (flagged.dwelling or flagged.building, flagged.phone) if home})


class _Found(NamedTuple):
    match: Match
    at_home: bool = False


_LAST = (9, True, 0.0)


def _order(found: _Found, supposed: bool) -> tuple[int, bool, float]:
    """Return which of several victims an earlier mention belongs to: of one tier the likeliest."""
    if found.match.tier == "person":
        rank = 0
    elif found.at_home:
        rank = 1
    else:
        rank = 2 if found.match.tier == "possible" else 3
    return (rank, supposed, -found.match.probability)


def _tier(
    person: Mention,
    past: PastMention,
    score: Score,
    at_home: bool,
    sought: Sought,
    shared: Shared,
    limits: Search,
) -> _Found | None:
    mention = past.mention
    told = past.call.ref if past.call and mention.role not in _OTHERS_VOICES else ""
    word = sought.words_on.get(told)
    also = sought.also.get(told) if word is None else None
    probability = score.probability(limits.population)
    likely = probability >= limits.person_probability and score.personal and not score.contradicted
    sure = likely and not score.doubtful and also is not False
    if word is True or (word is None and (sure or also is True)):
        because = "same person" if sure or word else "said to be the same person as one found"
        return _Found(Match(past, "person", probability, score, word, because))
    if mention.role in NEVER_VICTIM:
        return None
    same_line = bool(person.phone and person.phone == mention.phone and person.phone not in shared.phones)
    unnamed = not (person.named and mention.named)
    maybe = probability >= limits.possible_probability or (same_line and unnamed)
    if word is None and maybe and not score.contradicted:
        match = Match(past, "possible", probability, score, None, "possibly the same person")
        return _Found(match, at_home)
    if at_home:
        lately = (sought.received_at - past.at).days <= limits.household_days
        if word is None and unnamed and lately and not score.contradicted:
            return _Found(Match(past, "possible", probability, score, None, UNNAMED_AT_HOME), True)
        return _Found(Match(past, "dwelling", probability, score, word, "same dwelling"), True)
    of_one_name = score.level("surname") not in (None, "different")
    if (
        word is None
        and maybe
        and same_line
        and of_one_name
        and not (_tells_home(person) and _tells_home(mention))
    ):
        # they themselves by another forename, or somebody of a home that one of the two does not tell
        return _Found(Match(past, "possible", probability, score, None, "the same line and surname"))
    if person.phone and person.phone == mention.phone:
        return _Found(Match(past, "phone", probability, score, word, "same phone"))
    return None


def _tells_home(mention: Mention) -> bool:
    return any((mention.dwelling, mention.uprn, mention.building, mention.street, mention.postcode))


def _one_home(person: Mention, mention: Mention, communal: Collection[str]) -> bool:
    return same_home(person, mention) and person.dwelling not in communal and person.building not in communal
