"""From facts to the next step: the recommendation that is never less by accident."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from everycall.assessment import Reason, Recommendation, Truth
from everycall.policy.facts import Facts, resolve
from everycall.policy.grades import Grades
from everycall.policy.pack import Pack

_NOT_HELD = frozenset({"more_than_minor", "local_priority"})
"""Facts that may go again without anybody having said less: behaviours get coded, a position gets corrected."""


class Before(NamedTuple):
    """What earlier versions of a call were found to be.

    Parameters
    ----------
    grade, attendance
        Of the last recorded assessment.
    yes_facts
        The facts that were yes in any.
    received_at
        The earliest moment that any of them says the call was received at; None where none can say it any more.
    """

    grade: str
    attendance: str
    yes_facts: frozenset[str]
    received_at: datetime | None


HELD = "held"
"""The code of the reason that says that an earlier, higher recommendation is held."""

WAS_HELD = "was_held"
"""The code of the reason that says that it was held until a person lowered it."""

_STANDS = "the earlier recommendation stands until a named person lowers it."


def is_held(reasons: Iterable[Reason]) -> bool:
    """Say whether a recommendation is held, by its reasons."""
    return any(one.code == HELD for one in reasons)


def once_lowered(code: str, text: str, lowered: str) -> tuple[str, str]:
    """Return a reason's code and text as they read once a person has lowered what is held; others as they are.

    Parameters
    ----------
    lowered
        Who lowered it, to what and when, as `everycall.standing.who_lowered` tells.
    """
    if code != HELD:
        return code, text
    return WAS_HELD, text.replace(_STANDS, f"the earlier recommendation was held until {lowered}.")


def lowered_by(recommendation: Recommendation, lowered: str | None) -> Recommendation:
    """Return a held recommendation whose reasons say who lowered it; None: nobody has, and it is held."""
    if lowered is None:
        return recommendation
    reasons = (once_lowered(one.code, one.text, lowered) for one in recommendation.reasons)
    told = tuple(Reason(code=code, text=text) for code, text in reasons)
    return recommendation.model_copy(update={"reasons": told})


def resolved(
    pack: Pack,
    answers: Mapping[str, str],
    words: Iterable[str],
    given: Mapping[str, Truth],
    suggested: Iterable[str],
) -> Facts:
    """Return the facts; what words only suggest is not made a *no* by an answer to another question."""
    facts = resolve(pack, answers, words, given)
    for name in sorted(suggested):
        fact = pack.facts.facts[pack.facts.position(name)]
        if (
            facts[name] is Truth.NO
            and answers.get(fact.answered_by or "") != "no"
            and given.get(name) is not Truth.NO
        ):
            facts = facts.supposing(name, Truth.UNKNOWN)
    return facts


def yes_facts(pack: Pack, facts: Facts) -> frozenset[str]:
    """Return the facts about risk that are yes."""
    return frozenset(pack.facts.names(facts.yes & pack.facts.risks))


def by_hand(pack: Pack, received_at: datetime) -> Recommendation:
    """Return what is recommended when the policy itself could not be asked: a person grades, at once.

    The highest grade stands until then, since anything less could be a lowering by accident.
    """
    highest = pack.grades.grades[0]
    text = "The policy could not be asked: grade this call by hand, now. Until then it stands at the highest."
    return Recommendation(
        grade=highest.code,
        grade_name=highest.name,
        attendance=pack.grades.attendance[0],
        respond_by=received_at,
        row="none",
        reasons=(Reason(code="could_not_look", text=text),),
        rationale=text,
    )


def facts_gone(now_yes: frozenset[str], before: Before | None) -> tuple[str, ...]:
    """Return the facts that an earlier version found and this one does not, by name."""
    return tuple(sorted(before.yes_facts - now_yes - _NOT_HELD)) if before else ()


def time_runs_from(received_at: datetime, before: Before | None) -> datetime:
    """Return from when the time to respond runs: a call told as received later gives nobody more time by itself."""
    return min(received_at, before.received_at) if before and before.received_at else received_at


def received_later(received_at: datetime, runs_from: datetime) -> tuple[Reason, ...]:
    """Return what is said where an earlier version was received before this one; nothing where none was."""
    if runs_from >= received_at:
        return ()
    told = f"{runs_from:%H:%M} on {runs_from.day} {runs_from:%B %Y}"
    text = (
        f"An earlier version was received at {told}: its time runs from then; a named person may change it."
    )
    return (Reason(code="received_later", text=text),)


def why_it_stands(recommendation: Recommendation) -> str:
    """Return in words why a recommendation stands though findings have gone."""
    codes = ("finds_less", HELD, WAS_HELD)
    return " ".join(one.text for one in recommendation.reasons if one.code in codes).rstrip(".")


def never_less(
    recommendation: Recommendation,
    now_yes: frozenset[str],
    before: Before | None,
    grades: Grades,
) -> Recommendation:
    """Hold the grade of the call's last version when this one would give less because a finding has gone.

    A later version that finds less says so and changes nothing by itself (contract, "Settled"): a person
    lowers. Facts that became known as *no* where they were unknown are no less found, and may lower.

    Parameters
    ----------
    before
        None when it is the first.
    """
    if before is None:
        return recommendation
    grade, attendance = before.grade, before.attendance
    gone = facts_gone(now_yes, before)
    known = {g.code for g in grades.grades}
    if not gone or grade not in known:
        return recommendation
    told = Reason(code="finds_less", text=f"An earlier version found {', '.join(gone)}; this one does not.")
    lower_grade = grades.rank(recommendation.grade) < grades.rank(grade)
    less = grades.attendance_rank(recommendation.attendance) < grades.attendance_rank(attendance)
    if not (lower_grade or less):
        return recommendation.model_copy(update={"reasons": (*recommendation.reasons, told)})
    would = Reason(
        code=HELD,
        text=f"By itself it would give {recommendation.grade_name}, {recommendation.attendance}; {_STANDS}",
    )
    update: dict[str, object] = {"reasons": (*recommendation.reasons, told, would)}
    if lower_grade:
        update |= {"grade": grade, "grade_name": grades.grade(grade).name}
    if less:
        update["attendance"] = attendance
    return recommendation.model_copy(update=update)
