"""Searching the history for one call: whom, by what, how far it reaches, and who was found in which tier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from everycall.assessment import Status
from everycall.identity.carried import Carried, by_way_of, of_the_call
from everycall.identity.history import History, PastMention, Reach
from everycall.identity.keys import Key, keys_asked
from everycall.identity.mention import Mention, supposed_at_home
from everycall.identity.model import Model
from everycall.identity.rules import RepeatRules
from everycall.identity.shared import Shared, find_shared
from everycall.identity.strangers import Strangers
from everycall.identity.tiers import Match, Sought, match

_STILL_LIVE_SECONDS = 24 * 3_600
NOTHING_TO_SEARCH_BY = "nothing to search by: no phone, no address, no name with a birth date or address"
SHARED_BY_MANY = "searched only by a phone or an address that many share, which tells nobody apart"


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search found.

    Parameters
    ----------
    by
        What it was searched by: ``name``, ``phone``, ``address``, ``date_of_birth``, ``email``.
    status
        ``could_not_look`` when there was nothing to search by, or the history is empty or too old; else
        ``looked_none``; what was found stands in ``matches``.
    why_not
        Why it could not look, in words.
    unreachable
        Whether the history itself is empty or too old, whatever it was searched by.
    later
        Whom calls name that came in after this one, while it is live: another handler has them on the line. They are
        no earlier incidents and no contacts before this one; that they are open is all that is told.
    """

    by: tuple[str, ...]
    reach: Reach
    status: Status
    stale_for_burst: bool
    why_not: str | None
    matches: tuple[Match, ...]
    shared: Shared
    capped: tuple[str, ...]
    unreachable: bool
    later: tuple[Match, ...] = ()


def searched_by(people: Sequence[Mention], place: Mention | None) -> tuple[str, ...]:
    """Return what others' records may be searched by: a phone, an address, or a name with a birth date or address."""
    located = any(p.located for p in people) or (place is not None and place.located)
    by = []
    if any(p.named and (p.born or p.located) for p in people) or (located and any(p.named for p in people)):
        by.append("name")
    if any(p.phone for p in people):
        by.append("phone")
    if located:
        by.append("address")
    if any(p.born and p.named for p in people):
        by.append("date_of_birth")
    if any(p.email for p in people):
        by.append("email")
    return tuple(by)


def asked_by(people: Sequence[Mention], place: Mention | None) -> list[Key]:
    """Return the keys by which people and a place are looked for, each once."""
    keys: dict[int, Key] = {}
    for mention in (*people, *supposed_at_home(people, place), *([place] if place else [])):
        keys |= {key.hash: key for key in keys_asked(mention)}
    return list(keys.values())


def search(
    ref: str,
    received_at: datetime,
    people: Sequence[Mention],
    place: Mention | None,
    history: History,
    model: Model,
    rules: RepeatRules,
    known_at: datetime,
) -> Searched:
    """Search the history as it was known at ``known_at``, for calls received no later than ``received_at``.

    Raises
    ------
    EverycallError
        When the history cannot be read; the caller says could_not_look.
    """
    by = searched_by(people, place)
    standing = history.standing(ref, received_at, known_at)
    reach = standing.reach
    supposed = supposed_at_home(people, place)
    keys = asked_by(people, place)
    unreachable = _unreachable(reach, received_at, rules)
    why_not = NOTHING_TO_SEARCH_BY if not by else unreachable
    status = Status.COULD_NOT_LOOK if why_not else Status.LOOKED_NONE
    stale = reach.last is None or received_at - reach.last > timedelta(days=rules.fresh.burst_days)
    if not keys:
        nothing = Shared(frozenset(), frozenset())
        return Searched(by, reach, status, stale, why_not, (), nothing, (), unreachable is not None)
    latest = until(received_at, known_at)
    strangers = None if standing.words_on else Strangers((*people, *supposed), rules.search)
    found = history.candidates(keys, ref, latest, known_at, strangers)
    candidates, meanwhile = _apart(found.mentions, received_at)
    shared = find_shared(candidates, received_at, rules.search)
    if why_not is None and _tells_nobody_apart(by, people, place, shared):
        why_not, status = SHARED_BY_MANY, Status.COULD_NOT_LOOK
    sought = Sought(tuple(people), supposed, place, received_at, standing.words_on)
    matches = match(sought, candidates, shared, model, rules.search)
    if standing.any_words:
        carried = _carried(ref, matches, standing.words_on, history, known_at)
        if carried != Carried(standing.words_on):
            if not found.whole:  # a word may be about anybody
                found = history.candidates(keys, ref, latest, known_at)
                candidates, meanwhile = _apart(found.mentions, received_at)
            there = {past.call.ref for past in candidates if past.call}
            wanted = {**carried.words_on, **carried.also}
            away = sorted(other for other, same in wanted.items() if same and other not in there)
            candidates = (*candidates, *history.of_calls(away, ref, received_at, known_at))
            sought = replace(sought, words_on=carried.words_on, also=carried.also)
            matches = match(sought, candidates, shared, model, rules.search)
    later = match(sought, meanwhile, shared, model, rules.search) if meanwhile else ()
    return Searched(
        by, reach, status, stale, why_not, matches, shared, found.capped, unreachable is not None, later
    )


def _tells_nobody_apart(
    by: Sequence[str], people: Sequence[Mention], place: Mention | None, shared: Shared
) -> bool:
    """Say whether all that was searched by is shared by many: that none was found says nothing of the one who rings."""
    if "email" in by or any(one.named for one in people):
        return False
    own_line = any(one.phone and one.phone not in shared.phones for one in people)
    homes = [one for one in people if one.located] or ([place] if place and place.located else [])
    own_home = any(shared.communal.isdisjoint((one.dwelling, one.building)) for one in homes)
    return not own_line and not own_home


def _apart(
    mentions: Sequence[PastMention], received_at: datetime
) -> tuple[tuple[PastMention, ...], tuple[PastMention, ...]]:
    """Return what calls up to a moment and flags name, and what calls after it do.

    Not by the clock on the wall, which shows one hour twice a year twice.
    """
    moment = received_at.astimezone(UTC)
    later = {past.id for past in mentions if past.call is not None and past.at > moment}
    if not later:
        return tuple(mentions), ()
    return (
        tuple(past for past in mentions if past.id not in later),
        tuple(past for past in mentions if past.id in later),
    )


def until(received_at: datetime, known_at: datetime) -> datetime:
    """Return up to when calls are looked for: while a caller may still talk also those that came in meanwhile.

    What is assessed again long afterwards is not searched among all that came since.
    """
    since = known_at.timestamp() - received_at.timestamp()
    return known_at if 0 < since < _STILL_LIVE_SECONDS else received_at


def _carried(
    ref: str, matches: Sequence[Match], words_on: Mapping[str, bool], history: History, known_at: datetime
) -> Carried:
    """Return what people said of this call and of those found, carried over from one call to the next."""
    persons = sorted(
        (-one.probability, one.past.id, one.past.call.ref)
        for one in matches
        if one.tier == "person" and one.past.call
    )
    found = list(dict.fromkeys(other for _, _, other in persons))
    said = history.said([ref, *found], known_at)
    if not said:
        return Carried(words_on)
    whole = of_the_call(ref, said)
    return Carried(whole, by_way_of(found, said, whole))


def _unreachable(reach: Reach, received_at: datetime, rules: RepeatRules) -> str | None:
    if reach.last is None:
        return "the history is empty"
    if received_at - reach.last > timedelta(days=rules.fresh.repeat_days):
        return f"the newest record is {(received_at - reach.last).days} days old"
    return None
