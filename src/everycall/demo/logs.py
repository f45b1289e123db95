"""The words of a log: sentences as handlers type them, chosen by the trouble and by what the caller tells."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from random import Random

from everycall.errors import PackError, Problems
from everycall.strict import Data, read_toml


class Kind(Data):
    """One kind of trouble: its category, how often it comes and how it is told."""

    category: str
    weight: int
    sentences: tuple[str, ...]


class Sentences(Data):
    """The file ``sentences.toml``."""

    openings: tuple[str, ...]
    them: tuple[str, ...]
    chasing: tuple[str, ...]
    neighbours_call: tuple[str, ...]
    again: tuple[str, ...]
    first_time: tuple[str, ...]
    closings: tuple[str, ...]
    template_lines: tuple[str, ...]
    kinds: dict[str, Kind]
    circumstances: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """What one log tells: its lines, and what the caller said of the past and of themselves."""

    lines: tuple[str, ...]
    says_before: bool | None
    circumstances: tuple[str, ...]


def read_sentences() -> Sentences:
    """Read the sentences; raise `PackError` with every problem when the file does not load."""
    problems = Problems()
    path = Path(str(files("everycall.demo").joinpath("sentences.toml")))
    read = read_toml(path, Sentences, problems)
    problems.raise_if_any("the sentences of the made-up force do not load", PackError)
    assert read is not None
    return read


def victims_log(
    say: Sentences,
    kind: str,
    place: str,
    age: int,
    circumstances: tuple[str, ...],
    before: bool,
    random: Random,
) -> Told:
    """Return the log of a call by or for a victim.

    Callers tell less than there is: half say whether it happened before, a third say what puts them at risk
    (invented shares; that many are never asked is HMIC's finding of 2012).
    """
    first = random.choice(say.openings) + _filled(
        random.choice(say.kinds[kind].sentences), say, place, random
    )
    told: list[str] = []
    sentences = [first]
    says_before: bool | None = None
    if random.random() < 0.5:
        says_before = before
        sentences.append(random.choice(say.again if before else say.first_time))
    has = (*circumstances, *(("older_or_frail",) if age >= 75 else ()))
    for name in has:
        if random.random() < 0.35:
            told.append(name)
            sentences.append(random.choice(say.circumstances[name]).format(age=age))
    if random.random() < 0.15:
        told.append("fear_or_impact")
        sentences.append(random.choice(say.circumstances["fear_or_impact"]))
    lines = [". ".join(sentences)]
    if random.random() < 0.25:
        lines.append(random.choice(say.template_lines))
    if random.random() < 0.5:
        lines.append(random.choice(say.closings))
    return Told(tuple(lines), says_before, tuple(told))


def chasing_log(say: Sentences, random: Random) -> Told:
    """Return the log of a victim who rings again about the same event."""
    return Told((random.choice(say.chasing),), None, ())


def others_log(say: Sentences, kind: str, place: str, by_neighbour: bool, random: Random) -> Told:
    """Return the log of somebody who is no victim: a neighbour of one, or a passer-by."""
    told = random.choice(say.neighbours_call if by_neighbour else say.kinds[kind].sentences)
    return Told((random.choice(say.openings) + _filled(told, say, place, random),), None, ())


def _filled(sentence: str, say: Sentences, place: str, random: Random) -> str:
    return sentence.format(them=random.choice(say.them), place=place.upper())
