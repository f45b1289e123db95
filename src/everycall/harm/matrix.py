"""Reading a force's matrix of harm strictly from ``harm.toml``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from everycall import codes
from everycall.errors import PackError, Problems, not_allowed
from everycall.harm.heard import TERM, Heard, pattern_of
from everycall.harm.points import BANDS, INCIDENTS, Matrix, Override, Part, Question
from everycall.strict import Data, TrueOrFalse, Whole, read_toml

Points = Annotated[Whole, Field(ge=0, le=100)]
NoPoints = ("no", "none", "unknown", "refused")


class BandRows(Data):
    """Points from which a band begins."""

    medium: Annotated[Whole, Field(ge=1)]
    high: Annotated[Whole, Field(ge=1)]


class PartRow(Data):
    """One thing that gives points, as the file tells it."""

    code: Annotated[str, Field(min_length=1)]
    words: Annotated[str, Field(min_length=1)]
    answers: dict[str, dict[str, Points]] = Field(default_factory=dict)
    findings: dict[str, Points] = Field(default_factory=dict)
    facts: dict[str, Points] = Field(default_factory=dict)
    carried: TrueOrFalse = False
    heard: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)


class IncidentsRow(Data):
    """Points from a number of earlier incidents on."""

    from_: Annotated[Whole, Field(ge=1, alias="from")]
    points: Points


class OverrideRow(Data):
    """What leads straight to a band."""

    code: Annotated[str, Field(min_length=1)]
    band: Literal["medium", "high"]
    words: Annotated[str, Field(min_length=1)]
    answers: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


class HarmFile(Data):
    """``harm.toml``."""

    version: str
    bands: BandRows
    parts: tuple[PartRow, ...]
    incidents: tuple[IncidentsRow, ...] = ()
    overrides: tuple[OverrideRow, ...] = ()


def default_path() -> Path:
    """Return the default pack's file."""
    return Path(__file__).parent.parent / "policy" / "packs" / "england_and_wales" / "harm.toml"


def load(
    path: Path,
    problems: Problems | None = None,
    questions: Mapping[str, Collection[str]] | None = None,
    indicators: Collection[str] | None = None,
    facts: Collection[str] | None = None,
) -> Matrix | None:
    """Read ``harm.toml`` strictly.

    Parameters
    ----------
    problems
        Where to gather what is wrong; None is then returned. Without it, `PackError` is raised with
        everything.
    questions
        The questions that may be answered, with their answers; the published ones when not given.
    indicators, facts
        The names the pack's other files have; not checked when not given.

    Raises
    ------
    PackError
        When ``problems`` is not given and the file has any.
    """
    own = Problems() if problems is None else problems
    before = len(own)
    read = read_toml(path, HarmFile, own)
    if read is not None:
        _check(read, path.name, questions or codes.answers(), indicators, facts, own)
    if problems is None:
        own.raise_if_any("the matrix of harm cannot be used", PackError)
    if read is None or len(own) > before:
        return None
    return _built(read)


def _check(
    read: HarmFile,
    where: str,
    questions: Mapping[str, Collection[str]],
    indicators: Collection[str] | None,
    facts: Collection[str] | None,
    problems: Problems,
) -> None:
    if read.bands.medium >= read.bands.high:
        problems.add(f"{where} bands", "medium must begin below high")
    asked: dict[str, str] = {}
    found: dict[str, str] = {}
    facts_seen: dict[str, str] = {}
    codes_seen = {INCIDENTS: "incidents"}
    for part in read.parts:
        place = f"{where} parts.{part.code}"
        if part.code in codes_seen:
            problems.add(place, "this code stands twice")
        codes_seen[part.code] = place
        for question, row in part.answers.items():
            if question not in questions:
                problems.add(f"{place}.answers", not_allowed(question, questions))
                continue
            if question in asked:
                problems.add(f"{place}.answers", f"'{question}' already gives points in {asked[question]}")
            asked[question] = part.code
            for answer, points in row.items():
                if answer not in questions[question]:
                    problems.add(f"{place}.answers.{question}", not_allowed(answer, questions[question]))
                elif points and answer in NoPoints:
                    problems.add(f"{place}.answers.{question}", f"'{answer}' can give no points")
        _check_heard(part, place, problems)
        for name in part.findings:
            if name in found:
                # The same thing would count twice.
                problems.add(f"{place}.findings", f"'{name}' already gives points in {found[name]}")
            found[name] = part.code
        for name in part.facts:
            if name in facts_seen:
                problems.add(f"{place}.facts", f"'{name}' already gives points in {facts_seen[name]}")
            facts_seen[name] = part.code
        _known(f"{place}.findings", part.findings, indicators, problems)
        _known(f"{place}.facts", part.facts, facts, problems)
    for override in read.overrides:
        place = f"{where} overrides.{override.code}"
        _known(f"{place}.answers", override.answers, questions, problems)
        _known(f"{place}.findings", override.findings, indicators, problems)
        _known(f"{place}.facts", override.facts, facts, problems)
    steps = [row.from_ for row in read.incidents]
    if len(set(steps)) < len(steps):
        problems.add(f"{where} incidents", "a number of incidents stands twice")
    by_count = sorted(read.incidents, key=lambda row: row.from_)
    if [row.points for row in by_count] != sorted(row.points for row in by_count):
        problems.add(f"{where} incidents", "more incidents give fewer points")


def _check_heard(part: PartRow, place: str, problems: Problems) -> None:
    for question, row in part.heard.items():
        where = f"{place}.heard.{question}"
        points = part.answers.get(question)
        if points is None:
            problems.add(where, not_allowed(question, part.answers))
            continue
        for answer, terms in row.items():
            if not points.get(answer):
                problems.add(where, not_allowed(answer, [name for name, given in points.items() if given]))
            for term in terms:
                if TERM.fullmatch(term) is None or term.endswith("?") or term.split(" ")[0].endswith("?"):
                    problems.add(
                        where,
                        f"'{term[:60]}' is no term: small words, '|' between them, '?' after one inside",
                    )


def _known(where: str, names: Collection[str], allowed: Collection[str] | None, problems: Problems) -> None:
    for name in names:
        if allowed is not None and name not in allowed:
            problems.add(where, not_allowed(name, allowed))


def _built(read: HarmFile) -> Matrix:
    parts = tuple(
        Part(
            code=row.code,
            words=row.words,
            questions=tuple(
                Question(name, dict(points), max(points.values(), default=0))
                for name, points in row.answers.items()
            ),
            findings=dict(row.findings),
            facts=dict(row.facts),
            carried=row.carried,
            heard=tuple(
                Heard(question, answer, row.answers[question][answer], pattern_of(terms))
                for question, told in row.heard.items()
                for answer, terms in told.items()
                if terms
            ),
        )
        for row in read.parts
    )
    overrides = tuple(
        Override(row.code, BANDS.index(row.band), row.words, row.answers, row.facts, frozenset(row.findings))
        for row in read.overrides
    )
    incidents = tuple(sorted((row.from_, row.points) for row in read.incidents))
    return Matrix(read.version, read.bands.medium, read.bands.high, parts, incidents, overrides)
