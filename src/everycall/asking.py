"""What to ask next: the questions room is handed what is known, and what the policy would say to each answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from everycall.assessment import AskNext, Harm, Repeat, Truth, Vulnerability
from everycall.call import Call
from everycall.identity.normalise.addresses import read_address
from everycall.identity.normalise.postcodes import read_postcode
from everycall.policy.decide import Decision, decide
from everycall.policy.facts import Facts
from everycall.policy.owed import fitting
from everycall.policy.pack import Pack
from everycall.policy.still_open import if_all_no, still_open, still_owed
from everycall.questions.book import Questions
from everycall.questions.choose import Outcome, Situation, Suppose, choose, do_instead
from everycall.questions.confirm import Told, confirmations, controlled
from everycall.questions.ways import age_known, ways_of
from everycall.vulnerability.judgement import Basis, vulnerable_if
from everycall.vulnerability.known import KnownFlag
from everycall.vulnerability.words.finding import Reading


@dataclass(frozen=True, slots=True)
class Asked:
    """The next questions, or what to do where none may be asked."""

    ask_next: tuple[AskNext, ...] = ()
    do_instead: tuple[str, ...] = ()


def ask(
    pack: Pack,
    questions: Questions,
    call: Call,
    facts: Facts,
    repeat: Repeat,
    vulnerability: Vulnerability,
    harm: Harm,
    harm_moves: Callable[[str], bool],
    basis: Basis | None,
    told: Told,
) -> Asked:
    """Return what to ask next about one call, worked out from the policy.

    Parameters
    ----------
    harm_moves
        Whether an answer to a question of harm could still move the band (`everycall.harm.moving`).
    basis
        What vulnerability was judged on; None when that failed, and every answer may then matter.
    """
    decision = decide(pack, facts)
    overheard = controlled(questions, vulnerability, told)
    situation = Situation(
        answers=call.answers,
        location_known=_place_known(call),
        now=_outcome(pack, facts, decision),
        emergency=decision.rank[0] == len(pack.grades.grades) - 1,
        open_facts=still_open(pack, facts, decision),
        unknown=frozenset(pack.facts.names(facts.unknown)),
        harm=harm,
        open_actions=still_owed(pack, facts, decision),
        if_all_no=if_all_no(pack, facts, decision),
        harm_moves=harm_moves,
        makes_vulnerable=lambda question: basis is None or _makes_vulnerable(basis, vulnerability, question),
        confirm=confirmations(questions, call, repeat, vulnerability, told, overheard),
        ways=ways_of(questions, call, vulnerability, told),
        age_known=age_known(call),
        controlled=overheard,
    )
    reached_safely = call.can_be_reached_safely()
    return Asked(
        choose(questions, situation, supposing(pack, facts)), do_instead(questions, situation, reached_safely)
    )


def told_already(
    reading: Reading | None, flags: Sequence[KnownFlag] | None, suggested: Collection[str], day: date
) -> Told:
    """Return what the words and flags tell, for questions to be confirmed and not asked afresh.

    Parameters
    ----------
    suggested
        The facts that words and findings only suggest.
    day
        The local date of the call: what has expired by then tells nothing.
    """
    words = reading.findings if reading is not None else ()
    held = [flag for flag in flags or () if flag.expires_on is None or flag.expires_on >= day]
    home = [flag for flag in held if flag.tier in ("person", "household")]
    return Told(
        said=frozenset(suggested)
        | {
            word.code
            for word in words
            if word.kind != "indicator" and word.assertion in ("present", "possible")
        },
        denied=frozenset(
            [word.code for word in words if word.kind != "indicator" and word.assertion == "denied"]
        ),
        flags=frozenset([flag.kind for flag in held if flag.tier == "person"]),
        home_flags=frozenset([flag.kind for flag in home]),
        private=frozenset([flag.kind for flag in held if flag.sensitive]),
    )


def supposing(pack: Pack, facts: Facts) -> Suppose:
    """Return the policy's decision as a function of one fact more."""

    def suppose(fact: str, yes: bool) -> Outcome:
        bits = facts.bits_supposing(fact, Truth.YES if yes else Truth.NO)
        state = (pack.sha256, *bits)
        known = _OUTCOMES.get(state)
        if known is None:
            if len(_OUTCOMES) >= _MOST_OUTCOMES:
                _OUTCOMES.clear()
            supposed = Facts(pack.facts, *bits)
            known = _OUTCOMES[state] = _outcome(pack, supposed, decide(pack, supposed))
        return known

    return suppose


_OUTCOMES: dict[tuple[str, int, int], Outcome] = {}
"""What was decided, by the pack's hash and the facts that are yes and no: the next call supposes many of the same."""

_MOST_OUTCOMES = 50_000


def _makes_vulnerable(basis: Basis, vulnerability: Vulnerability, question: str) -> bool:
    if vulnerability.is_vulnerable is Truth.YES:
        return False
    answers = basis.call.answers
    return any(
        vulnerable_if(basis, {**answers, question: answer}) is Truth.YES
        for answer in basis.indicators.answers.get(question, ())
    )


def _place_known(call: Call) -> bool:
    """Say whether somebody could be sent: "UNKNOWN", half a postcode and a pair of zeros are no place."""
    place = call.location
    return place is not None and bool(
        place.uprn
        or read_address(place.address)
        or read_postcode(place.postcode)
        or place.latitude
        or place.longitude
        or place.easting
        or place.northing
    )


def _outcome(pack: Pack, facts: Facts, decision: Decision) -> Outcome:
    state = facts.state
    rows = fitting(pack, decision.rule, decision.grade, decision.attendance)
    owed = frozenset([row.code for not_at, row in rows if not state & not_at])
    return Outcome(decision.grade, decision.attendance, owed)
