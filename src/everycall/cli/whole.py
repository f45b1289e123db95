"""The long form of an assessment: every part with reasons, evidence, incidents, near misses and duties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from everycall.assessment import Assessment, Count, Finding, HeardFact, Repeat, Status
from everycall.brief.lines import contacts
from everycall.brief.marks import mark_of_status
from everycall.brief.wording import clock, words
from everycall.counted import counted
from everycall.priorities.keywords import FACT as LOCAL_PRIORITY

INCIDENTS_SHOWN = 30
"""Rows of the table of incidents; the line below it says how many more there are."""


def whole(assessment: Assessment, received_at: datetime | None) -> Iterator[RenderableType]:
    """Yield everything below the short form, part by part."""
    yield from _recommended(assessment, received_at)
    if assessment.heard:
        yield from _part("Heard in the log", [_heard(one) for one in assessment.heard])
    yield from _ask(assessment)
    yield from _repeat(assessment.repeat)
    yield from _vulnerable(assessment)
    yield from _harm(assessment)
    yield from _local(assessment)
    if assessment.unknowns:
        yield from _part("Not known", [words(one) for one in assessment.unknowns])
    if assessment.problems:
        told = [f"{words(one.part)}: {one.problem}" for one in assessment.problems]
        yield from _part("Problems", told)
    made = assessment.made_with
    text = (
        f"Version {assessment.version}, made {clock(assessment.assessed_at)} with {made.everycall}, "
        f"policy {made.policy}, identity {made.identity_model}, {made.lexicon}, "
        f"in {assessment.took_ms:.1f} ms"
    )
    yield Text(f"\n{text}", style="dim")


def _part(title: str, lines: list[str]) -> Iterator[RenderableType]:
    yield Text(f"\n{title}", style="bold")
    for line in lines:
        yield Padding(Text(line), (0, 0, 0, 2))


def _heard(one: HeardFact) -> str:
    what = f"{words(one.fact)} {one.rule}" if one.fact == LOCAL_PRIORITY else words(one.fact)
    at = one.evidence
    return f'{what}: {words(one.assertion)}, {one.strength}; line {at.line + 1}: "{at.text}"'


def _recommended(assessment: Assessment, received_at: datetime | None) -> Iterator[RenderableType]:
    made = assessment.recommendation
    lines = [f"Row {made.row}"] if made.row else []
    lines += [one.text for one in made.reasons]
    if made.resources:
        lines.append(f"Resources: {', '.join(words(one) for one in made.resources)}")
    for action in made.actions:
        due = f", by {clock(action.due, received_at)}" if action.due else ""
        owner = f" ({action.owner})" if action.owner else ""
        lines.append(f"Duty: {action.text}{owner}{due}")
    for near in made.near_misses:
        lines.append(f"Nearly {words(near.grade)}, {words(near.attendance)}: {near.text}")
    yield from _part(f"What to do: {made.grade_name}, {words(made.attendance)}", lines)
    if made.rationale:
        yield from _part("Rationale for the log", [made.rationale])


WAYS = {"child": "To a child", "interpreter": "Through an interpreter", "text": "By text"}


def _ask(assessment: Assessment) -> Iterator[RenderableType]:
    lines = []
    for number, ask in enumerate(assessment.ask_next, 1):
        lines.append(f"{number}. {ask.text or words(ask.question)}")
        if ask.confirm:
            lines.append(f"   Confirm: {ask.confirm}")
        lines += [f"   {WAYS.get(way, words(way))}: {text}" for way, text in ask.ways.items()]
        changes = "; ".join(
            f"{words(what)} to {' or '.join(words(one) for one in to)}"
            for what, to in ask.could_change.items()
        )
        lines.append(f"   Why: {ask.why}" + (f" (could change {changes})" if changes else ""))
    if assessment.do_instead:
        lines = ["It is not safe to talk: ask nothing.", *assessment.do_instead]
    yield from _part("Ask next", lines or ["Nothing more would change the answer."])


def _counted(name: str, count: Count) -> str:
    mark = mark_of_status(count.status)
    if count.status is not Status.FOUND:
        return f"{mark.shape} {name}: {mark.word}"
    last = f", last {clock(count.last)}" if count.last else ""
    return f"{mark.shape} {name}: {count.count_12m} in 12 months, {count.count_all} in all{last}"


def _repeat(repeat: Repeat) -> Iterator[RenderableType]:
    mark = mark_of_status(repeat.status)
    searched = repeat.searched
    lines = [f"Rule {words(repeat.rule)}; they say so: {words(repeat.perceived.value)}"]
    lines.append(
        f"Searched by {', '.join(words(one) for one in searched.by) or 'nothing'}"
        + (f", from {clock(searched.from_)}" if searched.from_ else "")
        + (f", through {clock(searched.through)}" if searched.through else "")
        + (f"; more than could be looked at by {', '.join(searched.capped)}" if searched.capped else "")
    )
    tiers = (("person", repeat.person), ("household", repeat.household), ("place", repeat.place))
    lines += [_counted(name, count) for name, count in (*tiers, ("phone", repeat.phone))]
    burst = mark_of_status(repeat.burst.status)
    if repeat.burst.status is Status.COULD_NOT_LOOK:
        lines.append(f"{burst.shape} burst: {burst.word}")
    else:
        lines.append(f"{burst.shape} burst: {contacts(repeat.burst)}, this one included")
    lines += [f"Other rule {words(rule)}: {words(truth.value)}" for rule, truth in repeat.other_rules.items()]
    lines += [one.text for one in repeat.reasons]
    for one in repeat.disagreements:
        lines.append(f"Disagree about {words(one.about)}: yes from {one.says_yes}, no from {one.says_no}; "
                     f"counts as {one.counts_as.value}")  # fmt: skip
    for may_be in repeat.to_confirm:
        lines.append(
            f"To confirm: {may_be.ref}, {_likely(may_be.probability)} ({words(may_be.because)}); ask "
            f"{words(may_be.ask)}; agrees {_list(may_be.agrees)}; differs {_list(may_be.differs)}"
        )
    yield from _part(f"Before: {mark.word}; repeat victim: {words(repeat.is_repeat.value)}", lines)
    if repeat.incidents:
        yield Padding(_incidents(repeat), (0, 0, 0, 2))
    if len(repeat.incidents) > INCIDENTS_SHOWN:
        yield Padding(Text(f"and {len(repeat.incidents) - INCIDENTS_SHOWN} more"), (0, 0, 0, 2))


def _incidents(repeat: Repeat) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="bold")
    for column in ("When", "Ref", "Category", "Whose", "Agrees", "Closed as"):
        table.add_column(column, overflow="fold")
    for one in repeat.incidents[:INCIDENTS_SHOWN]:
        sure = "" if one.probability is None else f" {_likely(one.probability)}"
        table.add_row(
            Text(clock(one.received_at) if one.received_at else one.month),
            Text(one.ref or "not shown"),
            Text(words(one.category) if one.category else "not known"),
            Text(f"{one.tier}{sure}{' confirmed' if one.confirmed else ''}"),
            Text(_list(one.agrees)),
            Text(words(one.closed_as) if one.closed_as else "not known"),
        )
    return table


def _likely(probability: float) -> str:
    """Return a probability in per cent, never as a certainty that no record can give."""
    return "over 99%" if probability > 0.99 else f"{probability:.0%}"


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(words(name) for name in names) or "nothing"


def _finding(one: Finding) -> str:
    whose = "of somebody not named" if one.who == "unknown" else f"of the {words(one.who)}"
    text = f"{words(one.indicator)} {whose}: {words(one.assertion)}, {one.strength}; "
    text += f"{words(one.source)}, said by {words(one.said_by)}"
    if one.evidence is not None:
        text += f'; line {one.evidence.line + 1}: "{one.evidence.text}"'
    if one.from_call:
        text += f"; from {one.from_call}"
    if one.expires:
        text += f"; until {clock(one.expires)}"
    return text


def _vulnerable(assessment: Assessment) -> Iterator[RenderableType]:
    part = assessment.vulnerability
    lines = [_finding(one) for one in part.findings]
    lines += [f"About somebody else: {_finding(one)}" for one in part.about_others]
    for one in part.disagreements:
        lines.append(
            f"Disagree about {words(one.about)}: yes from {one.says_yes}, no from {one.says_no}; "
            f"counts as {one.counts_as.value}"
        )
    lines += [one.text for one in part.reasons]
    word = mark_of_status(part.status).word
    yield from _part(f"At risk: {word}; vulnerable: {words(part.is_vulnerable.value)}", lines)


def _harm(assessment: Assessment) -> Iterator[RenderableType]:
    harm = assessment.harm
    lines = [f"{one.points:+d}  {one.text}" for one in harm.parts]
    lines += [f"Override: {one.text}" for one in harm.overrides]
    if harm.unknown:
        asked = ", ".join(words(one) for one in harm.unknown)
        lines.append(f"Not known, could reach {harm.could_reach}: {asked}")
    word = mark_of_status(harm.status).word
    yield from _part(f"Harm: {word}; {harm.band}, {counted(harm.points, 'point')}", lines)


def _local(assessment: Assessment) -> Iterator[RenderableType]:
    local = assessment.priorities
    lines = [f"{one.id} {one.title}: {'; '.join(one.because)}" for one in local.matches]
    lines += [f"Nearly {one.id} {one.title}: {one.missed}" for one in local.near_misses]
    lines += [one.text for one in local.reasons]
    yield from _part(f"Local priorities: {mark_of_status(local.status).word}", lines)
