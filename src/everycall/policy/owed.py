"""What is owed with a decision: actions with their time and owner, and who goes."""

from __future__ import annotations

from datetime import datetime

from everycall.assessment import Action
from everycall.policy.clock import later
from everycall.policy.decide import Decision
from everycall.policy.facts import Facts
from everycall.policy.pack import Pack
from everycall.policy.rows import ActionRow

_FITTING: dict[tuple[str, str, str, str], tuple[tuple[int, ActionRow], ...]] = {}
"""What `fitting` returns, by the pack's hash and the outcome: there are a few dozen."""


def fitting(pack: Pack, rule: str, grade: str, attendance: str) -> tuple[tuple[int, ActionRow], ...]:
    """Return the rows of ``actions.csv`` that fit an outcome, each after the states it does not hold at."""
    key = (pack.sha256, rule, grade, attendance)
    if key not in _FITTING:
        width = len(pack.facts.facts)
        _FITTING[key] = tuple(
            (row.conditions.not_at(width), row)
            for row in pack.actions
            if row.outcome.fits(rule, grade, attendance)
        )
    return _FITTING[key]


def actions(pack: Pack, facts: Facts, decision: Decision, start: datetime) -> tuple[Action, ...]:
    """Return the action of every row of ``actions.csv`` that holds, each code once, in the file's order.

    Parameters
    ----------
    start
        When the clock starts, aware; the hours of ``due_hours`` run from it.
    """
    found: dict[str, Action] = {}
    state = facts.state
    for not_at, row in fitting(pack, decision.rule, decision.grade, decision.attendance):
        if not state & not_at and row.code not in found:
            due = None if row.due_hours is None else later(start, row.due_hours * 60)
            found[row.code] = Action.unchecked(code=row.code, text=row.text, due=due, owner=row.owner)
    return tuple(found.values())


def resources(pack: Pack, facts: Facts, decision: Decision) -> tuple[str, ...]:
    """Return the resource of every row of ``resources.csv`` that holds, each once, in the file's order."""
    held = (
        row.resource
        for row in pack.resources
        if row.outcome.fits(decision.rule, decision.grade, decision.attendance)
        and row.conditions.hold(facts.yes, facts.no)
    )
    return tuple(dict.fromkeys(held))
