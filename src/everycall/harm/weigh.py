"""Weighing harm: points with reasons, overrides by name, and how far what is unknown could still lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from everycall.assessment import Band, Finding, Harm, HarmPart, Reason, Status, Truth
from everycall.harm.points import BANDS, INCIDENTS, Matrix, Part, Question

VICTIMS_SIDE = frozenset({"caller", "victim", "household", "unknown"})
EARLIER = frozenset({"history", "household"})
NOT_ANSWERED = frozenset({"unknown", "refused"})


@dataclass(frozen=True, slots=True)
class Basis:
    """All that does not depend on the answers, worked out once per call.

    Attributes
    ----------
    floors
        For each part the points that findings and facts give, with the words that say so.
    overrides
        Codes of the overrides that facts or findings call for.
    rank
        The highest band those lead to, as its place in `BANDS`.
    incidents, incidents_open
        Points for earlier incidents, and the most they could still give when they could not be counted.
    """

    matrix: Matrix
    floors: tuple[tuple[int, str], ...]
    overrides: frozenset[str]
    rank: int
    incidents_12m: int | None
    incidents: int
    incidents_open: int


@dataclass(frozen=True, slots=True)
class Weight:
    """The outcome alone, for weighing altered answers quickly."""

    points: int
    band: Band
    could_reach: Band


def prepare(
    findings: Sequence[Finding],
    facts: Mapping[str, Truth],
    incidents_12m: int | None,
    matrix: Matrix,
    told: Mapping[str, tuple[str, str]] | None = None,
) -> Basis:
    """Work out everything that does not depend on the answers.

    Parameters
    ----------
    findings
        The findings of vulnerability. Those that answers made are passed over: answers are weighed
        themselves.
    facts
        Policy facts; only those that are yes add anything.
    incidents_12m
        Earlier incidents of the person or household in 12 months; None when they could not be counted.
    told
        What the log's words answer, by question (`everycall.harm.heard.heard`): the least that an answer counts.
    """
    this_call = set()
    any_call = set()
    for one in findings:
        if one.assertion == "present" and one.strength == "strong" and one.who in VICTIMS_SIDE:
            if one.source == "answer":
                continue
            any_call.add(one.indicator)
            if one.source not in EARLIER:
                this_call.add(one.indicator)
    yes = {name for name, truth in facts.items() if truth is Truth.YES}
    overrides = [
        override
        for override in matrix.overrides
        if not override.findings.isdisjoint(this_call) or not yes.isdisjoint(override.facts)
    ]
    return Basis(
        matrix=matrix,
        floors=tuple(
            _floor(part, any_call if part.carried else this_call, yes, told or {}) for part in matrix.parts
        ),
        overrides=frozenset(override.code for override in overrides),
        rank=max((override.rank for override in overrides), default=0),
        incidents_12m=incidents_12m,
        incidents=0 if incidents_12m is None else matrix.for_incidents(incidents_12m),
        incidents_open=matrix.most_for_incidents if incidents_12m is None else 0,
    )


def weighed_if(basis: Basis, answers: Mapping[str, str]) -> Weight:
    """Return what `weigh` would find were these the answers; a few microseconds.

    Points add up over the parts; within a part the largest counts, so that an answer and a word about the
    same thing count once. ``could_reach`` adds, for every question not answered, what its worst answer would
    add.

    Notes
    -----
    Source: contract, "Settled" (harm points); `domain.md` D4 and D5: additive points, named overrides, no
    hidden weights.
    """
    matrix = basis.matrix
    points = basis.incidents
    open_ = basis.incidents_open
    for part, (floor, _) in zip(matrix.parts, basis.floors, strict=True):
        got = most = floor
        for question in part.questions:
            answer = answers.get(question.name)
            if answer is None or answer in NOT_ANSWERED:
                if question.most > most:
                    most = question.most
            else:
                given = question.points.get(answer, 0)
                if given > got:
                    got = given
        points += got
        if most > got:
            open_ += most - got
    rank = max(basis.rank, matrix.rank(points))
    for override in matrix.overrides:
        if override.rank > rank and any(answers.get(name) == "yes" for name in override.answers):
            rank = override.rank
    return Weight(points, BANDS[rank], BANDS[max(rank, matrix.rank(points + open_))])


def weighed(basis: Basis, answers: Mapping[str, str]) -> Harm:
    """Return the whole part, with every point's reason."""
    weight = weighed_if(basis, answers)
    matrix = basis.matrix
    parts = []
    unknown = []
    for part, (floor, why) in zip(matrix.parts, basis.floors, strict=True):
        points, text = floor, why
        for question in part.questions:
            given = _given(question, answers)
            if given is not None and given >= points and given > 0:
                points, text = given, f"answered {answers[question.name]}"
        if points:
            parts.append(
                HarmPart.unchecked(code=part.code, points=points, text=f"{_start(part.words)}: {text}.")
            )
        unknown += [
            question.name
            for question in part.questions
            if _given(question, answers) is None and question.most > points
        ]
    if basis.incidents_12m is None:
        text = "Earlier incidents could not be counted: they may add points."
        parts.append(HarmPart.unchecked(code=INCIDENTS, points=0, text=text))
        unknown.append(INCIDENTS)
    elif basis.incidents:
        text = f"{basis.incidents_12m} earlier incidents in 12 months."
        parts.append(HarmPart.unchecked(code=INCIDENTS, points=basis.incidents, text=text))
    overrides = tuple(
        Reason(code=override.code, text=f"{override.words}: harm at least {BANDS[override.rank]}.")
        for override in matrix.overrides
        if override.code in basis.overrides or any(answers.get(name) == "yes" for name in override.answers)
    )
    return Harm(
        status=Status.FOUND if weight.points or overrides else Status.LOOKED_NONE,
        band=weight.band,
        points=weight.points,
        parts=tuple(parts),
        overrides=overrides,
        unknown=tuple(unknown),
        could_reach=weight.could_reach,
    )


def weigh(
    answers: Mapping[str, str],
    findings: Sequence[Finding],
    facts: Mapping[str, Truth],
    incidents_12m: int | None,
    matrix: Matrix,
) -> Harm:
    """Weigh the harm of one call; the same as ``weighed(prepare(...), answers)``.

    Parameters as of `prepare`.
    """
    return weighed(prepare(findings, facts, incidents_12m, matrix), answers)


def not_weighed() -> Harm:
    """Return the part when harm could not be weighed at all: it may be as high as any."""
    return Harm(status=Status.COULD_NOT_LOOK, band="standard", points=0, could_reach="high")


def _given(question: Question, answers: Mapping[str, str]) -> int | None:
    """Return the points of the answer; None when there is none, which is not the same as a no."""
    answer = answers.get(question.name)
    if answer is None or answer in NOT_ANSWERED:
        return None
    return question.points.get(answer, 0)


def _floor(
    part: Part, indicators: set[str], facts: set[str], told: Mapping[str, tuple[str, str]]
) -> tuple[int, str]:
    best, why = 0, ""
    for question in part.questions:
        if question.name in told:
            answer, words = told[question.name]
            best, why = question.points.get(answer, 0), f'the log says "{words}" ({answer})'
    for names, here in ((part.findings, indicators), (part.facts, facts)):
        for name, points in names.items():
            if name in here and points > best:
                best, why = points, f"found ({name.replace('_', ' ')})"
    return best, why


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]
