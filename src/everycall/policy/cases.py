"""A pack's own cases: what should come of these facts, read from ``cases.toml`` and tried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Final, Literal

from pydantic import Field

from everycall import codes
from everycall.assessment import Truth
from everycall.errors import Problem, Problems, not_allowed
from everycall.policy.decide import decide
from everycall.policy.factbook import Words
from everycall.policy.facts import Facts, resolve
from everycall.policy.owed import actions, resources
from everycall.policy.pack import Pack
from everycall.strict import Data, read_toml

FILE: Final = "cases.toml"

_ANY_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)


class Case(Data):
    """One case: what is known, and what must come of it.

    `rest` is the truth of every fact that nothing else decides. `actions` and `resources` must be among those
    owed; `not_actions` must not be.
    """

    name: Words
    answers: dict[str, str] = Field(default_factory=dict)
    words: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    rest: Literal["unknown", "no"] = "unknown"
    grade: str
    attendance: str
    rule: str | None = None
    floor_only: bool = False
    actions: tuple[str, ...] = ()
    not_actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()


class _File(Data):
    case: Annotated[tuple[Case, ...], Field(min_length=1)]


def read_cases(pack: Pack, problems: Problems) -> tuple[Case, ...]:
    """Read ``cases.toml``; names that are none of the pack's are added to ``problems``."""
    file = read_toml(pack.directory / FILE, _File, problems)
    if file is None:
        return ()
    allowed = {
        "grade": [grade.code for grade in pack.grades.grades],
        "attendance": list(pack.grades.attendance),
        "rule": sorted({row.rule for row in pack.rows}),
        "fact": list(pack.facts.index),
        "action": sorted({row.code for row in pack.actions}),
        "resource": sorted({row.resource for row in pack.resources}),
        "question": sorted(codes.answers()),
    }
    for case in file.case:
        used = {
            "grade": [case.grade],
            "attendance": [case.attendance],
            "rule": [case.rule] if case.rule is not None else [],
            "fact": [*case.words, *case.yes, *case.no],
            "action": [*case.actions, *case.not_actions],
            "resource": list(case.resources),
            "question": list(case.answers),
        }
        for kind, names in used.items():
            for name in names:
                if name not in allowed[kind]:
                    problems.add(f"{FILE} '{case.name}'", f"{kind}: {not_allowed(name, allowed[kind])}")
        for question, answer in case.answers.items():
            if question in codes.answers() and answer not in codes.answers()[question]:
                told = f"{question}: {not_allowed(answer, codes.answers()[question])}"
                problems.add(f"{FILE} '{case.name}'", told)
    return file.case


def facts_of(pack: Pack, case: Case) -> Facts:
    """Return the facts of a case.

    A fact named in `yes` or `no`, answered, worded, implied or covered is so; the rest are `rest`. The call is
    ASB unless the case says otherwise.
    """
    given = dict.fromkeys(case.yes, Truth.YES) | dict.fromkeys(case.no, Truth.NO)
    given.setdefault("asb", Truth.YES)
    facts = resolve(pack, case.answers, case.words, given)
    if case.rest == "unknown":
        return facts
    return Facts(facts.book, facts.yes, facts.no | facts.unknown, facts.answered, facts.worded)


def failures(pack: Pack, case: Case) -> Iterator[Problem]:
    """Yield what comes otherwise than the case says; nothing when all is as it says."""
    facts = facts_of(pack, case)
    decision = decide(pack, facts)
    owed = {action.code for action in actions(pack, facts, decision, _ANY_TIME)}
    going = set(resources(pack, facts, decision))
    compared = [
        ("grade", case.grade, decision.grade),
        ("attendance", case.attendance, decision.attendance),
        ("rule", case.rule if case.rule is not None else decision.rule, decision.rule),
        ("floor_only", case.floor_only, decision.floor_only),
    ]
    where = f"{FILE} '{case.name}'"
    for what, expected, found in compared:
        if expected != found:
            yield Problem(where, f"{what}: '{expected}' expected, '{found}' found ({decision.row})")
    for code in case.actions:
        if code not in owed:
            yield Problem(where, f"the action '{code}' is missing")
    for code in case.not_actions:
        if code in owed:
            yield Problem(where, f"the action '{code}' should not be there")
    for code in case.resources:
        if code not in going:
            yield Problem(where, f"the resource '{code}' is missing")
