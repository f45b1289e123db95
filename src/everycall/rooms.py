"""The rooms as a call walks through them: what each is handed, and what it says when it cannot look."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from everycall.assessment import Harm, HeardFact, Notice, Priorities, Status, Truth, Vulnerability
from everycall.call import Call
from everycall.harm.heard import heard
from everycall.identity.earlier_calls import Asked
from everycall.identity.look import Looked, could_not_look, look
from everycall.identity.mention import Mention, mention_of, place_of
from everycall.identity.orders import ORDER, orders_against
from everycall.identity.perceived import perceived
from everycall.identity.search import search
from everycall.localtime import local_date
from everycall.parts import SWITCHED_OFF, Parts
from everycall.priorities import keywords_heard, match
from everycall.vulnerability import judgement
from everycall.vulnerability.from_flags import in_force
from everycall.vulnerability.heard_facts import heard_facts
from everycall.vulnerability.known import EarlierCall, KnownFlag, Victim
from everycall.vulnerability.words.finding import Reading

if TYPE_CHECKING:
    from everycall.force import Force, Policy

_NOT_SEARCHED = frozenset({"professional", "police"})
"""Callers who ring for their work: their own history says nothing about the victim."""

ORDERS = "orders"
"""The part that looks for orders against the suspects a call names."""

NO_PRIORITIES = Priorities(status=Status.COULD_NOT_LOOK)
NO_VULNERABILITY = Vulnerability(status=Status.COULD_NOT_LOOK, is_vulnerable=Truth.UNKNOWN)


def heard_answers(reading: Reading | None, call: Call, policy: Policy) -> dict[str, tuple[str, str]]:
    """Return what the log tells of how often it goes on, by question: the answer, and the words that tell it.

    Nothing where an answer says as much or more: of words and an answer the larger counts, so that an answer more
    never lowers anything.
    """
    texts = [
        one.text
        for one in (reading.findings if reading is not None else ())
        if one.code == "repeat_or_escalating" and one.assertion == "present" and one.strength == "strong"
    ]
    return heard(policy.matrix.heard, texts, call.answers) if texts else {}


def sought(call: Call, victims: Sequence[Victim]) -> tuple[list[Mention], Mention | None]:
    """Return whom and which place the history is searched for: the victims; without one the caller."""
    people = [mention_of(v.which, v.party, "victim") for v in victims if v.party]
    if not people and call.caller and call.caller.role not in _NOT_SEARCHED:
        people = [mention_of("caller", call.caller, call.caller.role)]
    return people, place_of(call.location) if call.location else None


def suffered_before(
    call: Call,
    victims: Sequence[Victim],
    reading: Reading | None,
    told_often: Mapping[str, tuple[str, str]],
    force: Force,
    now: datetime,
    parts: Parts,
) -> Looked:
    """Search the history for the victims and say whether they have suffered before.

    Without a victim the caller's own records are shown, but make nobody a repeat victim.
    """
    rules = force.policy.rules
    people, place = sought(call, victims)
    said = perceived(call.answers, reading is not None and reading.perceived_repeat, bool(victims))
    asked = Asked(
        ref=call.ref,
        received_at=call.received_at,
        behaviours=frozenset(behaviour.replace(" ", "_") for behaviour in call.behaviours),
        place=place.place if place else None,
        answers={**call.answers, **{question: answer for question, (answer, _) in told_often.items()}},
        has_victim=bool(victims),
        perceived=said,
    )

    def looking() -> Looked:
        found = search(call.ref, call.received_at, people, place, force.history, force.model, rules, now)
        return look(asked, found, rules)

    why = SWITCHED_OFF if "repeat" in force.switched_off else "the history could not be searched"
    return parts.attempt("repeat", force.timely(looking), None) or could_not_look(asked, rules, why)


def at_risk(
    call: Call,
    victims: Sequence[Victim],
    reading: Reading | None,
    looked: Looked,
    flags: Sequence[KnownFlag] | None,
    force: Force,
    now: datetime,
    parts: Parts,
) -> judgement.Basis | None:
    """Bring together what words, flags and earlier calls say about the victims; None when that failed."""
    earlier = parts.attempt("earlier logs", force.timely(lambda: _earlier(looked, force, now)), None)
    status = looked.repeat.status
    if earlier is None or flags is None:
        status = Status.COULD_NOT_LOOK
    return parts.attempt(
        "vulnerability",
        lambda: judgement.prepare(
            call, victims, reading, earlier or (), flags or (), force.policy.indicators, status
        ),
        None,
    )


def _earlier(looked: Looked, force: Force, now: datetime) -> list[EarlierCall]:
    numbers = [own.past.call.version_id for own in looked.own if own.past.call]
    logs = force.earlier_logs(numbers, now)
    found = []
    for own in looked.own:
        past, mention = own.past.call, own.past.mention
        if past is None or past.version_id not in logs:
            continue
        log = logs[past.version_id]
        found.append(
            EarlierCall(
                ref=past.ref,
                received_at=past.received_at,
                tier="person" if own.tier == "person" else "household",
                answers=log.answers,
                findings=log.findings,
                victim_is_subject=mention.role == "victim",
                said_by=_said_by(mention.which, log.caller_role),
                age=mention.age,
                date_of_birth=mention.born,
            )
        )
    return found


def _said_by(which: str, caller_role: str | None) -> Any:
    if which == "caller":
        return "self"
    return {"professional": "professional", "police": "officer"}.get(caller_role or "", "other")


def orders_on_suspects(call: Call, force: Force, now: datetime, parts: Parts) -> tuple[int, ...]:
    """Return the flags that tell of orders on the suspects; a search that fails takes no other flag away.

    They are flags: where the force has switched those off, nothing is looked for.
    """
    if "flags" in force.switched_off:
        return ()
    suspects = [mention_of(which, one, one.role) for which, one in call.parties() if one.role == "suspect"]
    rules, nothing = force.policy.rules, tuple[int, ...]()

    def looking() -> tuple[int, ...]:
        return orders_against(suspects, call.ref, call.received_at, force.history, force.model, rules, now)

    return parts.attempt(ORDERS, force.timely(looking), nothing)


def known_flags(looked: Looked, on_suspects: Sequence[int], force: Force) -> list[KnownFlag]:
    """Return what other systems know of the victims, their household and the address, and orders on suspects."""
    known = {number for number, _ in looked.flags}
    flags = (*looked.flags, *((number, "suspect") for number in on_suspects if number not in known))
    stored = force.flags([number for number, _ in flags])
    tiers: Mapping[str, Any] = {
        "person": "person",
        "household": "household",
        "address": "place",
        "suspect": "suspect",
    }
    return [
        KnownFlag(
            kind=flag["kind"],
            tier=tiers[tier],
            source=flag["source"],
            recorded_on=date.fromisoformat(flag["recorded_on"]),
            expires_on=date.fromisoformat(flag["expires_on"]) if flag.get("expires_on") else None,
            text=flag.get("text") or "",
            sensitive=bool(flag.get("sensitive")),
        )
        for number, tier in flags
        for flag in [stored[number]]
    ]


def notices(flags: Sequence[KnownFlag] | None, day: date) -> tuple[Notice, ...]:
    """Return the flags to be shown, expired ones as past; none of them lowers anything.

    Of a protected address nothing but the marker is shown, and a sensitive flag keeps its words.
    """
    return tuple(
        Notice(
            kind=flag.kind,
            about=flag.tier,
            source=flag.source,
            recorded_on=flag.recorded_on,
            expires_on=flag.expires_on,
            in_force=flag.expires_on is None or flag.expires_on >= day,
            text=None if flag.sensitive or flag.kind == "protected_address" else flag.text or None,
        )
        for flag in flags or ()
    )


def local_priorities(call: Call, force: Force, now: datetime) -> Priorities:
    """Say which local priorities a call touches; where it happens is worked out only while any is in force."""
    book = force.book(now)
    position = force.locate(call) if book.in_force(local_date(call.received_at)) else None
    return match(book, call, position)


def words_heard(
    call: Call, reading: Reading | None, priorities: Priorities, force: Force, now: datetime
) -> tuple[HeardFact, ...]:
    """Return the words of the log that tell of danger and the event, and the keywords of the priorities it touches."""
    told = heard_facts(reading, call, force.policy.indicators)
    touched = {one.id for one in priorities.matches}
    return (*told, *keywords_heard(force.book(now), call, touched)) if touched else told


def asserted_facts(
    basis: judgement.Basis | None, reading: Reading | None, call: Call, force: Force
) -> set[str]:
    """Return the facts that strong words, findings and coded behaviours say are so.

    When the judgement failed, the dangers the words tell of still count.
    """
    said = force.policy.behaviours.facts(call.behaviours)
    if basis is not None:
        return said | judgement.danger_and_facts(basis)
    known = force.policy.pack.facts.index
    return said | {
        finding.code
        for finding in (reading.findings if reading else ())
        if finding.assertion == "present" and finding.strength == "strong" and finding.code in known
    }


def given_facts(
    call: Call,
    victims: Sequence[Victim],
    vulnerability: Vulnerability,
    looked: Looked,
    flags: Sequence[KnownFlag] | None,
    priorities: Priorities,
    harm: Harm | None,
    force: Force,
    failed: Collection[str],
) -> dict[str, Truth]:
    """Return the facts that the parts worked out, for the policy.

    Parameters
    ----------
    flags
        What other systems know, of the suspects too; None when that could not be looked at.
    harm
        None while harm is not yet weighed.
    failed
        The parts that failed.
    """
    statuses = (looked.repeat.status, vulnerability.status, priorities.status, harm.status if harm else None)
    could_not = bool(failed) or Status.COULD_NOT_LOOK in statuses
    orders_looked = looked.repeat.status is not Status.COULD_NOT_LOOK and {"flags", ORDERS}.isdisjoint(failed)
    return {
        "repeat": looked.repeat.is_repeat,
        "vulnerable": vulnerability.is_vulnerable,
        "burst": looked.burst,
        "case_review": looked.case_review,
        "nobody_seen": looked.nobody_seen,
        "local_priority": _local(priorities),
        "harm_high": _high(harm),
        "more_than_minor": force.policy.behaviours.more_than_minor(call.behaviours),
        "order_in_force": _order(flags or (), local_date(call.received_at), orders_looked),
        "asb": Truth.YES if call.category is None or call.category.startswith("asb_") else Truth.NO,
        "no_victim": Truth.NO if victims else Truth.YES,
        "could_not_look": Truth.YES if could_not else Truth.NO,
        "nobody_to_call_back": Truth.NO if _can_be_called(call) else Truth.YES,
    }


def _order(flags: Sequence[KnownFlag], day: date, looked: bool) -> Truth:
    if any(flag.kind == ORDER and in_force(flag, day) for flag in flags):
        return Truth.YES
    return Truth.NO if looked else Truth.UNKNOWN


def _local(priorities: Priorities) -> Truth:
    if priorities.matches:
        return Truth.YES
    return Truth.UNKNOWN if priorities.status is Status.COULD_NOT_LOOK else Truth.NO


def _high(harm: Harm | None) -> Truth:
    """Harm is open only while its unasked points could still reach the band (contract, "Settled")."""
    if harm is None or harm.status is Status.COULD_NOT_LOOK:
        return Truth.UNKNOWN
    if harm.band == "high":
        return Truth.YES
    return Truth.UNKNOWN if harm.could_reach == "high" else Truth.NO


def _can_be_called(call: Call) -> bool:
    people = [party for _, party in call.parties() if party.role not in ("suspect", "subject")]
    return call.can_be_reached_safely() or any(p.phone or p.email or p.address or p.uprn for p in people)
