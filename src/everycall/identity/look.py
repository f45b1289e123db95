"""Have they suffered before? The room's front door: search, count, and say yes, no or unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from everycall.assessment import (
    Burst,
    Incident,
    OpenCall,
    ProblemFound,
    Reason,
    Repeat,
    Status,
    ToConfirm,
    Truth,
)
from everycall.assessment import Searched as SearchedBy
from everycall.identity.case_review import may_qualify
from everycall.identity.events import Contact, group
from everycall.identity.history import PastCall
from everycall.identity.perceived import Perceived
from everycall.identity.repeat import count, decide, within
from everycall.identity.rules import RepeatRules
from everycall.identity.search import Searched
from everycall.identity.tiers import NEVER_VICTIM, Match

_RANK = {"person": 0, "household": 1, "possible": 2, "dwelling": 3, "phone": 4, "place": 5}
_OWN = ("person", "household")
_MOST_PLACE_INCIDENTS = 25
_MOST_TO_CONFIRM = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What the call in hand says, as far as this room needs it."""

    ref: str
    received_at: datetime
    behaviours: frozenset[str]
    place: str | None
    answers: Mapping[str, str]
    has_victim: bool
    perceived: Perceived


@dataclass(frozen=True, slots=True)
class Looked:
    """What the other rooms need beside the answer.

    Parameters
    ----------
    own
        Earlier calls of the person and household, newest first, each with its best match.
    flags
        Flags about the person, household or address: id and tier.
    incidents_12m
        Earlier incidents of person and household in 12 months; None when it could not look.
    """

    repeat: Repeat
    open_now: tuple[OpenCall, ...]
    own: tuple[Match, ...]
    flags: tuple[tuple[int, str], ...]
    incidents_12m: int | None
    burst: Truth
    case_review: Truth
    nobody_seen: Truth
    problems: tuple[ProblemFound, ...]


@dataclass(frozen=True, slots=True)
class _Call:
    """An earlier call with its best match, the event it belongs to, and whether that is going on now."""

    past: PastCall
    match: Match
    tiers: frozenset[str]
    event: int
    now: bool
    qualifies: bool | None


def look(asked: Asked, searched: Searched, rules: RepeatRules) -> Looked:
    """Say whether this is a repeat victim, with everything that was found and why."""
    calls = _calls(asked, searched, rules)
    counted = {tier: _incidents(calls, tier) for tier in ("person", "household", "place", "phone")}
    own = sorted(counted["household"].values())
    unconfirmed = _unconfirmed(calls, asked.received_at, rules)
    is_repeat, others = decide(
        rules, own, asked.received_at, asked.perceived.truth, searched.status, unconfirmed, asked.has_victim
    )
    looked = searched.status is not Status.COULD_NOT_LOOK
    same_problem = {e: m for e, m in counted["place"].items() if asked.behaviours and _same_kind(calls, e, asked)}
    review = may_qualify(
        rules.case_review,
        sorted({**same_problem, **counted["household"]}.values()),
        asked.received_at,
        asked.answers.get("reported_elsewhere") == "yes",
        asked.perceived.truth,
        asked.answers.get("how_often"),
        looked,
    )
    burst, bursting = _burst(calls, asked.received_at, searched, rules)
    status = Status.FOUND if any(counted.values()) else searched.status
    place_status = Status.LOOKED_NONE if asked.place and looked else Status.COULD_NOT_LOOK
    repeat = Repeat(
        status=status,
        is_repeat=is_repeat,
        rule=rules.deciding,
        perceived=asked.perceived.truth,
        searched=SearchedBy(
            by=searched.by,
            from_=searched.reach.first,
            through=searched.reach.last,
            capped=searched.capped,
        ),
        person=count(searched.status, list(counted["person"].values()), asked.received_at),
        household=count(_if(searched, "address"), own, asked.received_at),
        place=count(place_status, list(counted["place"].values()), asked.received_at),
        phone=count(_if(searched, "phone"), list(counted["phone"].values()), asked.received_at),
        burst=burst,
        other_rules={**others, "case_review": review},
        incidents=_shown(calls),
        to_confirm=_to_confirm(calls),
        disagreements=asked.perceived.disagreements,
        reasons=(*asked.perceived.reasons, *_reasons(counted, asked, searched, unconfirmed)),
    )
    return Looked(
        repeat=repeat,
        open_now=_open_now(calls, asked.received_at, rules),
        own=tuple(c.match for c in calls if c.match.tier in _OWN and not _never(c.match)),
        flags=_flags(searched),
        incidents_12m=within(own, asked.received_at, 365) if looked or own else None,
        burst=bursting,
        case_review=review,
        nobody_seen=_nobody_seen(calls, asked.received_at, rules, looked),
        problems=_problems(searched),
    )


def could_not_look(asked: Asked, rules: RepeatRules, why: str) -> Looked:
    """Return the part when the history could not be searched: what the victim says still counts, nothing is a no."""
    said = asked.perceived
    nothing = count(Status.COULD_NOT_LOOK, [], asked.received_at)
    yes = asked.has_victim and said.truth is Truth.YES
    repeat = Repeat(
        status=Status.COULD_NOT_LOOK,
        is_repeat=Truth.YES if yes and rules.rules[rules.deciding].perceived_counts else Truth.UNKNOWN,
        rule=rules.deciding,
        perceived=said.truth,
        searched=SearchedBy(),
        person=nothing,
        household=nothing,
        place=nothing,
        phone=nothing,
        burst=Burst(status=Status.COULD_NOT_LOOK),
        other_rules=dict.fromkeys([n for n in rules.rules if n != rules.deciding], Truth.UNKNOWN),
        disagreements=said.disagreements,
        reasons=(*said.reasons, Reason(code="could_not_look", text=why)),
    )
    unknown = Truth.UNKNOWN
    return Looked(repeat, (), (), (), None, unknown, unknown, unknown, ())


def _if(searched: Searched, by: str) -> Status:
    return searched.status if by in searched.by else Status.COULD_NOT_LOOK


def _never(match: Match) -> bool:
    return match.past.mention.role in NEVER_VICTIM


def _calls(asked: Asked, searched: Searched, rules: RepeatRules) -> list[_Call]:
    """Bring together what was found of each earlier call, newest first, and number the events."""
    best: dict[str, Match] = {}
    tiers: dict[str, set[str]] = {}
    for match in searched.matches:
        if match.past.call is None:
            continue
        ref = match.past.call.ref
        tiers.setdefault(ref, set()).add(match.tier)
        if ref not in best or _rank(match) < _rank(best[ref]):
            best[ref] = match
    contacts = [Contact(asked.ref, asked.received_at, asked.place, asked.behaviours, own=True)]
    for match in best.values():
        past = match.past.call
        if past:
            own = match.tier == "person"
            contacts.append(Contact(past.ref, past.received_at, past.place, past.behaviours, own))
    events = {c.ref: number for number, event in enumerate(group(contacts, rules.event)) for c in event}
    calls = [
        _Call(
            past=match.past.call,
            match=match,
            tiers=frozenset(tiers[ref]),
            event=events[ref],
            now=events[ref] == events[asked.ref],
            qualifies=_qualifies(match.past.call, rules),
        )
        for ref, match in best.items()
        if match.past.call
    ]
    return sorted(calls, key=lambda c: (c.past.received_at, c.past.ref), reverse=True)


def _rank(match: Match) -> tuple[int, int, float, int]:
    role = match.past.mention.role
    return (_RANK.get(match.tier, 9), 0 if role == "victim" else 1, -match.probability, match.past.id)


def _qualifies(past: PastCall, rules: RepeatRules) -> bool | None:
    """Say whether a log tells of ASB or crime: by category, else by its words; None when they are not read."""
    if past.category is None or past.category in rules.categories.count:
        return True
    if past.tells_of_asb is None and past.alleges is None:
        return None
    return bool(past.tells_of_asb or past.alleges)


def _incidents(calls: Sequence[_Call], tier: str) -> dict[int, datetime]:
    """Return the earlier events of a tier, each with its latest call; the tiers nest.

    Person, household and phone count what the victim suffered (a victim's role); a place counts whatever
    happened there, by whomever it was told.
    """
    within_tier = {"person": ("person",), "household": _OWN}.get(tier, (tier,))
    found: dict[int, datetime] = {}
    for call in reversed(calls):
        role_counts = tier == "place" or call.match.past.mention.role == "victim"
        at_tier = call.match.tier in within_tier if tier in ("person", "household") else _at(call, tier)
        if at_tier and role_counts and call.qualifies and not call.now:
            found[call.event] = call.past.received_at
    return found


def _at(call: _Call, tier: str) -> bool:
    if tier == "phone" and call.match.score is not None:
        return call.match.tier == "phone" or call.match.score.level("phone") == "same"
    return tier in call.tiers


def _same_kind(calls: Sequence[_Call], event: int, asked: Asked) -> bool:
    return any(call.event == event and call.past.behaviours & asked.behaviours for call in calls)


def _unconfirmed(calls: Sequence[_Call], now: datetime, rules: RepeatRules) -> bool:
    """Say whether a record may be the victim's own: role unknown, possibly the same person, or log unread."""
    days = rules.rules[rules.deciding].days
    for call in calls:
        role = call.match.past.mention.role
        if call.now or not within([call.past.received_at], now, days):
            continue
        if call.match.tier in _OWN and (role is None or (role == "victim" and call.qualifies is None)):
            return True
        if call.match.tier == "possible" and role in (None, "victim") and call.qualifies is not False:
            return True
    return False


def _burst(calls: Sequence[_Call], now: datetime, searched: Searched, rules: RepeatRules) -> tuple[Burst, Truth]:
    contacts = [
        call.past.received_at
        for call in calls
        if call.match.tier in _OWN and not _never(call.match) and call.past.received_at <= now
    ]
    last_24h = 1 + sum(now - moment <= timedelta(hours=24) for moment in contacts)
    last_7d = 1 + sum(now - moment <= timedelta(days=7) for moment in contacts)
    if last_24h >= rules.burst.in_24_hours or last_7d >= rules.burst.in_7_days:
        return Burst(status=Status.FOUND, last_24h=last_24h, last_7d=last_7d), Truth.YES
    if not searched.by or searched.stale_for_burst:
        return Burst(status=Status.COULD_NOT_LOOK, last_24h=last_24h, last_7d=last_7d), Truth.UNKNOWN
    status = Status.FOUND if last_7d > 1 else Status.LOOKED_NONE
    return Burst(status=status, last_24h=last_24h, last_7d=last_7d), Truth.NO


def _nobody_seen(calls: Sequence[_Call], now: datetime, rules: RepeatRules, looked: bool) -> Truth:
    """Say whether nobody was seen in several earlier incidents (domain.md P14)."""
    rule = rules.nobody_seen
    seen: dict[int, bool] = {}
    for call in calls:
        if call.match.tier not in _OWN or call.match.past.mention.role != "victim" or call.now:
            continue
        if call.qualifies and within([call.past.received_at], now, rule.days):
            unseen = call.past.closed_as in rule.closed_as and not call.past.attended
            seen[call.event] = seen.get(call.event, False) or not unseen
    if sum(not was_seen for was_seen in seen.values()) >= rule.earlier:
        return Truth.YES
    return Truth.NO if looked else Truth.UNKNOWN


def _shown(calls: Sequence[_Call]) -> tuple[Incident, ...]:
    incidents = []
    places = 0
    for call in calls:
        tier, past, score = call.match.tier, call.past, call.match.score
        month = f"{past.received_at:%Y-%m}"
        if tier == "place":
            places += 1
            if places <= _MOST_PLACE_INCIDENTS:
                incidents.append(
                    Incident(
                        ref=None,
                        received_at=None,
                        month=month,
                        category=past.category,
                        tier="place",
                        closed_as=past.closed_as,
                    )
                )
        elif tier in ("person", "household", "phone"):
            incidents.append(
                Incident(
                    ref=past.ref,
                    received_at=past.received_at,
                    month=month,
                    category=past.category,
                    tier=tier,
                    probability=round(call.match.probability, 4),
                    confirmed=call.match.confirmed,
                    role=call.match.past.mention.role,
                    agrees=score.agrees if score else (),
                    differs=score.differs if score else (),
                    closed_as=past.closed_as,
                    opened_as=past.opened_as,
                    event=call.event,
                    because=call.match.because,
                )
            )
    return tuple(incidents)


def _to_confirm(calls: Sequence[_Call]) -> tuple[ToConfirm, ...]:
    offered = []
    for call in calls:
        match, role = call.match, call.match.past.mention.role
        score = match.score
        if match.confirmed is False or score is None:
            continue
        if match.tier in _OWN and role is None:
            ask, because = "role", "the role in the earlier call is not known"
        elif match.tier == "possible":
            ask, because = _missing(match), match.because
        elif match.tier == "dwelling":
            ask, because = "who_lives_with_you", "same dwelling, no known link"
        else:
            continue
        offered.append(
            ToConfirm(
                ref=call.past.ref,
                probability=round(match.probability, 4),
                ask=ask,
                agrees=score.agrees,
                differs=score.differs,
                because=because,
            )
        )
    return tuple(sorted(offered, key=lambda o: (-o.probability, o.ref))[:_MOST_TO_CONFIRM])


def _missing(match: Match) -> str:
    """Return the field that would settle it: one that the earlier record has and this comparison lacked."""
    mention, score = match.past.mention, match.score
    compared = {a.field for a in score.agreements} if score else set()
    for field, has, name in (
        ("born", mention.born, "date_of_birth"),
        ("forename", mention.forenames, "name"),
        ("phone", mention.phone, "phone"),
        ("address", mention.dwelling or mention.postcode, "address"),
    ):
        if has and field not in compared:
            return name
    return "date_of_birth"


def _open_now(calls: Sequence[_Call], now: datetime, rules: RepeatRules) -> tuple[OpenCall, ...]:
    hours = timedelta(hours=rules.open.hours_without_status)
    opened = []
    for call in calls:
        past = call.past
        still = past.status == "open" or (past.status is None and not past.closed and now - past.received_at < hours)
        if still and call.match.tier in ("person", "household", "phone", "place") and not _never(call.match):
            because = "same event" if call.now else call.match.because
            opened.append(
                OpenCall(ref=past.ref, received_at=past.received_at, grade_given=past.grade_given, because=because)
            )
    return tuple(opened)


def _flags(searched: Searched) -> tuple[tuple[int, str], ...]:
    tiers = {"person": "person", "household": "household", "address": "address"}
    found = {
        match.past.flag_id: tiers[match.tier]
        for match in searched.matches
        if match.past.flag_id is not None and match.tier in tiers
    }
    return tuple(sorted(found.items()))


def _reasons(
    counted: Mapping[str, Mapping[int, datetime]], asked: Asked, searched: Searched, unconfirmed: bool
) -> list[Reason]:
    reasons = []
    for tier, words in (
        ("person", "of this person"),
        ("household", "of this person and household"),
        ("place", "at this place"),
    ):
        moments = list(counted[tier].values())
        if moments:
            recent = within(moments, asked.received_at, 365)
            text = f"{len(moments)} earlier incident{'s' * (len(moments) != 1)} {words}, {recent} in 12 months"
            reasons.append(Reason(code=tier, text=text))
    if searched.why_not:
        reasons.append(Reason(code="could_not_look", text=searched.why_not))
    if unconfirmed:
        reasons.append(Reason(code="unconfirmed", text="an earlier record may be the victim's own: confirm it"))
    if searched.shared.phones:
        reasons.append(Reason(code="shared_phone", text="the phone is used by many and names nobody"))
    if searched.shared.communal:
        reasons.append(Reason(code="communal_address", text="the address is shared by many and is no household"))
    if searched.capped:
        text = f"too many records share {', '.join(searched.capped)}; the newest were looked at"
        reasons.append(Reason(code="capped", text=text))
    return reasons


def _problems(searched: Searched) -> tuple[ProblemFound, ...]:
    return (ProblemFound(part="repeat", problem=searched.why_not),) if searched.why_not else ()
