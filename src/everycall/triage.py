"""The whole story of a call on one page: five questions, what to do, and what to ask next.

A call walks in at the top and its assessment out at the bottom; nothing walks back up. Each part can fail alone:
it then says ``could_not_look``, and the rest still answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING

from everycall import asking, facts_found, next_step, other_systems, rooms, summary
from everycall.assessment import Assessment, Harm, HeardFact, ProblemFound, Truth
from everycall.call import CallRead
from everycall.dated_ahead import dated_ahead
from everycall.errors import Problem
from everycall.harm import weigh as harm_weigh
from everycall.harm.moving import could_move
from everycall.localtime import local_date
from everycall.parts import Parts
from everycall.policy.facts import Facts
from everycall.policy.recommend import as_it_stands, recommend
from everycall.unsearchable import unsearchable
from everycall.vulnerability import judgement
from everycall.vulnerability.victims import victims_of
from everycall.vulnerability.words.finding import Reading

if TYPE_CHECKING:
    from everycall.force import Force


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment with what the store keeps beside it: what the log says, and the facts that are yes."""

    assessment: Assessment
    reading: Reading | None
    yes_facts: frozenset[str]


def assess(
    read: CallRead,
    force: Force,
    now: datetime,
    version: int = 1,
    new_to_store: bool = False,
    reading: Reading | None = None,
) -> Assessed:
    """Assess one call.

    Parameters
    ----------
    read
        The call, with what had to be noted when it was read.
    force
        Policy, words, model and history.
    now
        When the assessment is made (aware): the history is looked at as it was known then.
    version
        The version of the call.
    new_to_store
        Whether the store was looked at and has no version of this call, so that none was assessed before.
    reading
        What the words of this very call say, where they were read already.

    Returns
    -------
    Assessed
        Always: what could not be looked at says so.
    """
    started = perf_counter()
    call, policy, pack = read.call, force.policy, force.policy.pack
    notes = (ProblemFound(part="call", problem=str(note)) for note in read.notes)
    parts = Parts(notes, force.switched_off)
    no_notes: tuple[Problem, ...] = ()
    for note in parts.attempt("call", lambda: (*unsearchable(call), *dated_ahead(call, now)), no_notes):
        parts.problems.append(ProblemFound(part="call", problem=str(note)))

    # What do they say, and who suffers?
    reading = reading or parts.attempt("words", lambda: policy.read(call), None)
    victims = victims_of(call, reading.findings if reading else ())
    unheard: dict[str, tuple[str, str]] = {}
    told_often = parts.attempt("words", lambda: rooms.heard_answers(reading, call, policy), unheard)

    # Have they suffered before?
    looked = rooms.suffered_before(call, victims, reading, told_often, force, now, parts)

    # What puts them at risk?
    orders = other_systems.orders_on_suspects(call, force, now, parts)
    flags = parts.attempt(
        "flags", force.timely(lambda: other_systems.known_flags(looked, orders, force)), None
    )
    basis = rooms.at_risk(call, victims, reading, looked, flags, force, now, parts)
    vulnerability = parts.attempt(
        "vulnerability",
        lambda: judgement.judged(basis) if basis else rooms.NO_VULNERABILITY,
        rooms.NO_VULNERABILITY,
    )

    # Does it touch a local priority?
    priorities = parts.attempt(
        "priorities",
        force.timely(lambda: rooms.local_priorities(call, force, now)),
        rooms.NO_PRIORITIES,
    )

    # Which words told of danger, of the event, and of the priority?
    no_words: tuple[HeardFact, ...] = ()
    heard = parts.attempt("words", lambda: rooms.words_heard(call, reading, priorities, force, now), no_words)

    # How much harm?
    words = facts_found.asserted_facts(basis, reading, call, force)
    suggested = policy.behaviours.suggested(call.behaviours)
    suggested |= judgement.suggested_facts(basis) if basis else frozenset()

    def facts_with(harm: Harm | None) -> Facts:
        failed = parts.failed
        given = facts_found.given_facts(
            call, victims, vulnerability, looked, flags, priorities, harm, force, failed
        )
        return next_step.resolved(pack, call.answers, words, given, suggested)

    before_harm = dict.fromkeys(pack.facts.names(facts_with(None).yes), Truth.YES)
    weighing = parts.attempt(
        "harm",
        lambda: harm_weigh.prepare(
            vulnerability.findings, before_harm, looked.incidents_12m, policy.matrix, told_often
        ),
        None,
    )
    harm = parts.attempt(
        "harm",
        lambda: harm_weigh.weighed(weighing, call.answers) if weighing else harm_weigh.not_weighed(),
        harm_weigh.not_weighed(),
    )

    # What should we do?
    facts = facts_with(harm)
    told = summary.context(looked.repeat, vulnerability, harm, priorities)
    previous = None
    if not new_to_store:
        previous = parts.attempt("earlier version", lambda: force.previous(call.ref, now), None)
    runs_from = next_step.time_runs_from(call.received_at, previous)
    recommendation = parts.attempt(
        "policy",
        lambda: recommend(pack, facts, call, runs_from, told),
        next_step.by_hand(pack, runs_from),
    )
    yes = next_step.yes_facts(pack, facts)
    recommendation = next_step.never_less(recommendation, yes, previous, pack.grades)
    later = next_step.received_later(call.received_at, runs_from)
    recommendation = recommendation.model_copy(
        update={"disagreements": facts.disagreements, "reasons": (*recommendation.reasons, *later)}
    )
    if next_step.is_held(recommendation.reasons):
        held = recommendation
        lowered = parts.attempt("earlier version", lambda: force.who_lowered(call.ref, held, now), None)
        recommendation = next_step.lowered_by(held, lowered)
    gone = next_step.facts_gone(yes, previous)
    if gone and "policy" not in parts.failed:
        stands = recommendation
        why = next_step.why_it_stands(stands)
        recommendation = parts.attempt(
            "policy",
            lambda: as_it_stands(pack, facts, gone, stands, call, runs_from, told, why),
            stands,
        )

    # What should we ask next?
    asked = parts.attempt(
        "questions",
        lambda: asking.ask(
            pack,
            policy.questions,
            call,
            facts,
            looked.repeat,
            vulnerability,
            harm,
            lambda question: weighing is not None and could_move(weighing, call.answers, question),
            basis,
            asking.told_already(reading, flags, suggested, local_date(call.received_at)),
        ),
        asking.Asked(),
    )
    assessment = Assessment(
        call_ref=call.ref,
        version=version,
        assessed_at=now,
        made_with=force.made_with(),
        open_now=looked.open_now,
        notices=other_systems.notices(flags, local_date(call.received_at)),
        heard=heard,
        repeat=looked.repeat,
        vulnerability=vulnerability,
        priorities=priorities,
        harm=harm,
        recommendation=recommendation,
        ask_next=asked.ask_next,
        do_instead=asked.do_instead,
        unknowns=told.unknown,
        problems=(*parts.problems, *looked.problems),
        took_ms=round((perf_counter() - started) * 1000, 3),
    )
    return Assessed(assessment, reading, yes)
