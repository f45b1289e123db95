"""Checking a pack before it goes live: it loads, its cases come true, and the proofs hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from everycall.errors import PackError, Problem, Problems
from everycall.policy.cases import failures, read_cases
from everycall.policy.load import load
from everycall.policy.pack import Pack
from everycall.policy.prove import Lowered, Table, can_be_owed, in_words, lowered, never_applying


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found. A pack is fit to go live when `ok` is true.

    Parameters
    ----------
    pack
        Name and version, or the directory's name when it does not load.
    sha256
        Of the pack that was checked; empty when it does not load.
    cases
        How many cases were tried.
    unusable
        Why it does not load, or its cases cannot be read.
    cases_failed
        Cases that come out otherwise than they say.
    never_apply
        Rows that can never apply.
    lowered
        More risk that gives a lower grade or less attendance, with an example each.
    not_used
        Notes: facts that no table tests. Nothing wrong, but perhaps a row is missing.
    """

    pack: str
    sha256: str = ""
    cases: int = 0
    unusable: tuple[Problem, ...] = ()
    cases_failed: tuple[Problem, ...] = ()
    never_apply: tuple[Problem, ...] = ()
    lowered: tuple[Problem, ...] = ()
    not_used: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return everything that is wrong (`not_used` is not)."""
        return (*self.unusable, *self.cases_failed, *self.never_apply, *self.lowered)

    @property
    def ok(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.problems

    def lines(self) -> tuple[str, ...]:
        """Return the report for people, a line each."""
        if self.unusable:
            return (f"{self.pack} cannot be used:", *(f"  {problem}" for problem in self.unusable))
        parts = (
            (f"{self.cases} cases tried", self.cases_failed),
            ("rows that can never apply", self.never_apply),
            ("more risk that gives less", self.lowered),
            ("note: facts that no table tests", self.not_used),
        )
        told = [f"{self.pack} (sha256 {self.sha256[:12]})"]
        for title, problems in parts:
            told.append(
                f"{title}: {'none' if not problems else len(problems)}{' failed' * (title[0].isdigit())}"
            )
            told += [f"  {problem}" for problem in problems]
        return tuple(told)


def check(directory: Path) -> CheckReport:
    """Check a pack: load it strictly, try its cases, and prove what can be proved.

    The proofs are exact, by search over all combinations of facts (`everycall.policy.search`), not by
    sampling. That some row always holds is part of loading.
    """
    problems = Problems()
    try:
        pack = load(directory, problems)
    except PackError as error:
        return CheckReport(pack=directory.name, unusable=error.details)
    cases = read_cases(pack, problems)
    table = Table(pack.facts, pack.rows, pack.compiled)
    return CheckReport(
        pack=f"{pack.name} {pack.version}",
        sha256=pack.sha256,
        cases=len(cases),
        unusable=tuple(problems),
        cases_failed=() if len(problems) else tuple(p for case in cases for p in failures(pack, case)),
        never_apply=tuple(_never(pack, table)),
        lowered=tuple(_told(pack, one) for one in lowered(table)),
        not_used=tuple(_not_used(pack)),
    )


def _never(pack: Pack, table: Table) -> Iterator[Problem]:
    for row in never_applying(table):
        yield Problem(
            row.where, f"rule {row.rule} can never apply: a row above always holds, or its cells clash"
        )
    for action in pack.actions:
        if not can_be_owed(table, action.outcome, action.conditions):
            yield Problem(action.where, f"the action '{action.code}' can never be owed by this row")
    for resource in pack.resources:
        if not can_be_owed(table, resource.outcome, resource.conditions):
            yield Problem(
                resource.where, f"the resource '{resource.resource}' can never be asked for by this row"
            )


def _not_used(pack: Pack) -> Iterator[Problem]:
    tested = 0
    tables = (pack.rows, pack.actions, pack.resources)
    for conditions in (row.conditions for table in tables for row in table):
        tested |= conditions.tested()
    for name in pack.facts.names(~tested & (1 << len(pack.facts.facts)) - 1):
        yield Problem("facts.toml", f"no table tests '{name}'")


def _told(pack: Pack, one: Lowered) -> Problem:
    was, then = (
        f"{pack.grades.grade(decision.grade).name}, {decision.attendance} ({decision.row})"
        for decision in (one.before, one.after)
    )
    example = in_words(pack.facts, one.example)
    return Problem(one.after.row, f"turning '{one.risk}' to yes lowers {was} to {then} {example}")
