"""The rooms as a call walks through them: what each is handed, and what it says when it cannot look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from everycall.assessment import HeardFact, Priorities, Status, Truth, Vulnerability
from everycall.call import Call
from everycall.harm.heard import heard
from everycall.identity.earlier_calls import Asked
from everycall.identity.look import Looked, could_not_look, look
from everycall.identity.mention import Mention, mention_of, place_of
from everycall.identity.perceived import perceived
from everycall.identity.search import search
from everycall.identity.tiers import Match
from everycall.localtime import local_date
from everycall.parts import SWITCHED_OFF, Parts
from everycall.priorities import keywords_heard, match
from everycall.vulnerability import judgement
from everycall.vulnerability.heard_facts import heard_facts
from everycall.vulnerability.known import EarlierCall, KnownFlag, Victim
from everycall.vulnerability.words.finding import Reading

if TYPE_CHECKING:
    from everycall.force import Force, Policy

_NOT_SEARCHED = frozenset({"professional", "police"})
"""Callers who ring for their work: their own history says nothing about the victim."""

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
    own = (*looked.own, *looked.maybe_own)
    earlier = parts.attempt("earlier logs", force.timely(lambda: _earlier(own, force, now)), None)
    maybe = {match.past.call.ref for match in looked.maybe_own if match.past.call}
    known = [one for one in earlier or () if one.ref not in maybe]
    searched = looked.could_look and earlier is not None and flags is not None
    status = Status.LOOKED_NONE if searched else Status.COULD_NOT_LOOK
    return parts.attempt(
        "vulnerability",
        lambda: judgement.prepare(
            call,
            victims,
            reading,
            (*known, *_beside(looked)),
            flags or (),
            force.policy.indicators,
            status,
            judgement.Unconfirmed([one for one in earlier or () if one.ref in maybe], looked.maybe_flags),
        ),
        None,
    )


def _earlier(matches: Sequence[Match], force: Force, now: datetime) -> list[EarlierCall]:
    numbers = [own.past.call.version_id for own in matches if own.past.call]
    logs = force.earlier_logs(numbers, now)
    found = []
    for own in matches:
        past, mention = own.past.call, own.past.mention
        if past is None or past.version_id not in logs:
            continue
        log = logs[past.version_id]
        found.append(
            EarlierCall(
                ref=past.ref,
                received_at=past.received_at,
                tier="household" if own.tier == "household" else "person",
                answers=log.answers,
                findings=log.findings,
                victim_is_subject=mention.role == "victim",
                said_by=_said_by(mention.which, log.caller_role),
                age=mention.age,
                date_of_birth=mention.born,
            )
        )
    return found


def _beside(looked: Looked) -> list[EarlierCall]:
    """Return the others who were victims in earlier calls, for their ages: the rest those calls tell already."""
    return [
        EarlierCall(
            ref=match.past.call.ref,
            received_at=match.past.call.received_at,
            tier="household" if match.tier == "household" else "person",
            findings=(),
            said_by="other",
            age=match.past.mention.age,
            date_of_birth=match.past.mention.born,
        )
        for match in looked.beside
        if match.past.call
    ]


def _said_by(which: str, caller_role: str | None) -> Any:
    if which == "caller":
        return "self"
    return {"professional": "professional", "police": "officer"}.get(caller_role or "", "other")


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
