"""Have they suffered before? The room's front door: search, count, and say yes, no or unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from everycall.assessment import Burst, OpenCall, ProblemFound, Reason, Repeat, Status, Truth
from everycall.assessment import Searched as SearchedBy
from everycall.identity import shown, tally
from everycall.identity.case_review import may_qualify
from everycall.identity.earlier_calls import OWN, Asked, EarlierCall, earlier_calls, never_victim
from everycall.identity.repeat import count, decide, within
from everycall.identity.rules import RepeatRules
from everycall.identity.search import Searched
from everycall.identity.tiers import Match
from everycall.localtime import local_date


@dataclass(frozen=True, slots=True)
class Looked:
    """What the other rooms need beside the answer.

    Parameters
    ----------
    own
        Earlier calls of the person and household, newest first, each with its best match.
    flags
        Flags about the person, household or address: id and tier.
    beside
        Others of the person and household who were victims in these calls too.
    maybe_own, maybe_flags
        Earlier calls, newest first, and the kinds of flags in force, of somebody who may be the victim: to be
        confirmed, and told of no further until they are.
    incidents_12m
        Earlier incidents of person and household in 12 months; None when it could not look.
    could_look
        Whether the earlier calls of person and household could be searched. The part is found all the same where a
        history that is too old holds something, if only of the place.
    """

    repeat: Repeat
    open_now: tuple[OpenCall, ...]
    own: tuple[Match, ...]
    flags: tuple[tuple[int, str], ...]
    beside: tuple[Match, ...]
    maybe_own: tuple[Match, ...]
    maybe_flags: frozenset[str]
    incidents_12m: int | None
    burst: Truth
    case_review: Truth
    nobody_seen: Truth
    could_look: bool
    problems: tuple[ProblemFound, ...]


def look(asked: Asked, searched: Searched, rules: RepeatRules) -> Looked:
    """Say whether this is a repeat victim, with everything that was found and why."""
    calls = earlier_calls(asked, searched, rules)
    counted = tally.incidents(calls)
    own = sorted(counted["household"].values())
    unconfirmed = tally.unconfirmed(calls, asked.received_at, rules)
    is_repeat, others = decide(
        rules, own, asked.received_at, asked.perceived.truth, searched.status, unconfirmed, asked.has_victim
    )
    looked = searched.status is not Status.COULD_NOT_LOOK
    same_kind = tally.of_same_kind(calls, asked)
    same_problem = {event: moment for event, moment in counted["place"].items() if event in same_kind}
    review = may_qualify(
        rules.case_review,
        sorted({**same_problem, **counted["household"]}.values()),
        asked.received_at,
        asked.answers.get("reported_elsewhere") == "yes",
        asked.perceived.truth,
        asked.answers.get("how_often"),
        looked,
    )
    burst, bursting = tally.burst(calls, asked.received_at, searched, rules)
    status = Status.FOUND if any(counted.values()) else searched.status
    reached = Status.COULD_NOT_LOOK if searched.unreachable else Status.LOOKED_NONE
    place_status = reached if asked.place else Status.COULD_NOT_LOOK
    person_status = (
        searched.status if {"name", "phone", "email"} & set(searched.by) else Status.COULD_NOT_LOOK
    )
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
        person=count(person_status, list(counted["person"].values()), asked.received_at),
        household=count(_if(searched, "address"), own, asked.received_at),
        place=count(place_status, list(counted["place"].values()), asked.received_at),
        phone=count(_if(searched, "phone"), list(counted["phone"].values()), asked.received_at),
        burst=burst,
        other_rules={**others, "case_review": review},
        incidents=shown.shown(calls),
        to_confirm=shown.to_confirm(calls),
        disagreements=asked.perceived.disagreements,
        reasons=(*asked.perceived.reasons, *shown.reasons(counted, asked, searched, unconfirmed)),
    )
    return Looked(
        repeat=repeat,
        open_now=_open_now(asked, searched, calls, rules),
        own=tuple(c.match for c in calls if c.match.tier in OWN and not never_victim(c.match)),
        flags=_flags(searched),
        beside=tuple(m for c in calls for m in c.matches if m is not c.match and _suffered(m)),
        maybe_own=tuple(c.match for c in calls if c.match.tier == "possible" and not never_victim(c.match)),
        maybe_flags=_maybe_flags(asked, searched),
        incidents_12m=within(own, asked.received_at, 365) if looked or own else None,
        burst=bursting,
        case_review=review,
        nobody_seen=tally.nobody_seen(calls, asked.received_at, rules, looked),
        could_look=looked,
        problems=_problems(searched),
    )


def _open_now(
    asked: Asked, searched: Searched, calls: Sequence[EarlierCall], rules: RepeatRules
) -> tuple[OpenCall, ...]:
    """Return the open calls, also those that came in after this one: another handler may have them on the line."""
    later = earlier_calls(asked, replace(searched, matches=searched.later), rules) if searched.later else []
    return shown.open_now([*later, *calls], asked.received_at, rules)


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
    return Looked(
        repeat=repeat,
        open_now=(),
        own=(),
        flags=(),
        beside=(),
        maybe_own=(),
        maybe_flags=frozenset(),
        incidents_12m=None,
        burst=unknown,
        case_review=unknown,
        nobody_seen=unknown,
        could_look=False,
        problems=(),
    )


def _if(searched: Searched, by: str) -> Status:
    return searched.status if by in searched.by else Status.COULD_NOT_LOOK


def _flags(searched: Searched) -> tuple[tuple[int, str], ...]:
    tiers = {"person": "person", "household": "household", "address": "address"}
    found = {
        match.past.flag_id: tiers[match.tier]
        for match in searched.matches
        if match.past.flag_id is not None and match.tier in tiers
    }
    return tuple(sorted(found.items()))


def _suffered(match: Match) -> bool:
    return match.tier in OWN and match.past.mention.role == "victim"


def _maybe_flags(asked: Asked, searched: Searched) -> frozenset[str]:
    day = local_date(asked.received_at)
    return frozenset(
        past.flag_kind
        for match in searched.matches
        if match.tier == "possible"
        and (past := match.past).flag_kind is not None
        and (past.flag_expires is None or past.flag_expires >= day)
    )


def _problems(searched: Searched) -> tuple[ProblemFound, ...]:
    return (ProblemFound(part="repeat", problem=searched.why_not),) if searched.why_not else ()
