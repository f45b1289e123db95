"""Choosing the next questions: the core, then whatever could still change grade, harm or duties."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from everycall.assessment import AskNext, Harm
from everycall.questions.book import LOCATION, Question, Questions

SAFE_TO_TALK = "safe_to_talk"
VULNERABLE = "vulnerable"
HARM_HIGH = "harm_high"
"""The fact that harm makes: no question settles it, every question that gives points may."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the policy says: grade, attendance and the codes of the actions owed."""

    grade: str
    attendance: str
    actions: frozenset[str] = frozenset()


Suppose = Callable[[str, bool], Outcome]
"""The policy's decision, were a fact (its name) yes (True) or no (False)."""


def _every(question: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known when the question is chosen.

    Parameters
    ----------
    now
        What the policy says as things are.
    emergency
        Whether the grade is already the highest.
    open_facts
        Unknown facts that could still change the decision, each with the grades and attendances in reach.
    unknown
        All unknown facts.
    open_actions
        Unknown facts that, with others, could still bring duties, each with their codes.
    if_all_no
        Grade and attendance were all unknown facts no, where asking back is all that is recommended.
    harm_moves
        Whether an answer to a question of harm could still move the band.
    makes_vulnerable
        Whether an answer to a question would make the victim vulnerable who, as things are, is not.
    confirm
        For a question, what is known already, to be confirmed and not asked afresh.
    ways
        How this call's questions are to be asked, of ``child``, ``interpreter`` and ``text``.
    age_known
        Whether no age needs to be asked for.
    controlled
        Whether there are signs that somebody controls the caller.
    """

    answers: Mapping[str, str]
    location_known: bool
    now: Outcome
    emergency: bool
    open_facts: Mapping[str, tuple[tuple[str, str], ...]]
    unknown: Collection[str]
    harm: Harm
    confirm: Mapping[str, str]
    open_actions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    if_all_no: tuple[str, str] | None = None
    harm_moves: Callable[[str], bool] = _every
    makes_vulnerable: Callable[[str], bool] = _every
    ways: tuple[str, ...] = ()
    age_known: bool = False
    controlled: bool = False


def choose(questions: Questions, situation: Situation, suppose: Suppose) -> tuple[AskNext, ...]:
    """Return the next questions, at most ``questions.most``, in the order one talks (contract, ``ask_next``).

    The core comes first whatever it could change; beyond it no question is asked whose answer can change
    nothing. In an emergency only the first of the core. Where it is not safe to talk, none.
    """
    if situation.answers.get(SAFE_TO_TALK) == "no":
        return ()
    core = [q for q in questions.question if q.core and not _answered(q, situation)]
    if situation.emergency:
        urgent = {q.code for q in [q for q in questions.question if q.core][: questions.in_an_emergency]}
        chosen = [q for q in core if q.code in urgent]
        return tuple(_ask(q, questions, situation, suppose) for q in chosen)
    asked = [_ask(q, questions, situation, suppose) for q in core]
    room = questions.most - len(asked)
    beyond: list[AskNext] = []
    for question in questions.question:
        if room <= len(beyond):
            break
        if not question.core and not _answered(question, situation) and _matters(question, situation):
            ask = _ask(question, questions, situation, suppose)
            if ask.could_change:
                beyond.append(ask)
    order = {q.code: n for n, q in enumerate(questions.question)}
    return tuple(sorted(asked[: questions.most] + beyond, key=lambda a: order[a.question]))


def _answered(question: Question, situation: Situation) -> bool:
    return situation.location_known if question.code == LOCATION else question.code in situation.answers


def _matters(question: Question, situation: Situation) -> bool:
    return (
        any(_open(question, fact, situation) for fact in question.settles)
        or question.harm in situation.harm.unknown
    )


def _open(question: Question, fact: str, situation: Situation) -> bool:
    """Say whether an answer could still settle a fact.

    Whether somebody is vulnerable is asked exactly: a no to personal circumstances is outvoted by fear, and being
    alone makes nobody vulnerable by itself.
    """
    if fact == VULNERABLE and question.only_yes:
        return situation.makes_vulnerable(question.code)
    return fact in situation.unknown


def do_instead(questions: Questions, situation: Situation, call_safely: bool) -> tuple[str, ...]:
    """Return what to do instead of asking where it is not safe to talk; nothing where it is.

    Parameters
    ----------
    call_safely
        Whether a safe way to reach the caller is known.
    """
    told = questions.not_safe
    if situation.answers.get(SAFE_TO_TALK) != "no" or told is None:
        return ()
    return (*told.always, told.safe_contact_known if call_safely else told.safe_contact_unknown)


def _ask(question: Question, questions: Questions, situation: Situation, suppose: Suppose) -> AskNext:
    text, why = question.text, question.why
    if situation.age_known and question.text_age_known is not None:
        text = question.text_age_known
    if situation.controlled and question.code == SAFE_TO_TALK and questions.control is not None:
        why = questions.control.why
    ways = question.ways
    return AskNext.unchecked(
        question=question.code,
        text=text,
        why=why,
        confirm=situation.confirm.get(question.code),
        could_change=_could_change(question, situation, suppose),
        ways={way: getattr(ways, way) for way in situation.ways} if ways is not None else {},
    )


def _could_change(question: Question, situation: Situation, suppose: Suppose) -> dict[str, tuple[str, ...]]:
    now = situation.now
    grades, attendances, actions = [now.grade], [now.attendance], set[str]()

    def add(outcome: Outcome) -> None:
        grades.append(outcome.grade)
        attendances.append(outcome.attendance)
        actions.update(outcome.actions ^ now.actions)

    for fact in question.settles:
        if not _open(question, fact, situation):
            continue
        add(suppose(fact, True))
        if not question.only_yes:
            add(suppose(fact, False))
        actions |= situation.open_actions.get(fact, frozenset())
        for outcome in situation.open_facts.get(fact, ()):
            if not (question.only_yes and outcome == situation.if_all_no):
                grades.append(outcome[0])
                attendances.append(outcome[1])
    change: dict[str, tuple[str, ...]] = {}
    harm = situation.harm
    if (
        question.harm in harm.unknown
        and harm.could_reach != harm.band
        and situation.harm_moves(question.harm)
    ):
        change["harm"] = (harm.band, harm.could_reach)
        if HARM_HIGH in situation.unknown and harm.could_reach == "high":
            add(suppose(HARM_HIGH, True))
    for name, values in (("grade", grades), ("attendance", attendances)):
        if len(set(values)) > 1:
            change[name] = tuple(dict.fromkeys(values))
    if actions:
        change["actions"] = tuple(sorted(actions))
    return {name: change[name] for name in ("grade", "attendance", "actions", "harm") if name in change}
