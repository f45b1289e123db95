"""The sentences of the made-up logs: the file ``sentences.toml``, read strictly."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

from pydantic import Field

from everycall.demo.rates import Weighted
from everycall.errors import PackError, Problems, not_allowed
from everycall.strict import Data, read_toml

SLOTS = frozenset(
    ("them", "place", "street", "she", "her", "obj", "age", "suspect", "door", "day", "clock", "n", "answer")
)
Sentences = tuple[str, ...]


class Kind(Data):
    """One kind of trouble: its category, how often it comes and how it is told."""

    category: str
    weight: float = Field(ge=0)
    sentences: Sentences = Field(min_length=1)
    own: Sentences = Field(min_length=1)


class Told(Data):
    """How a circumstance is told: typed by a handler, in the person's own words, by somebody else."""

    handler: Sentences = Field(min_length=1)
    own: Sentences = Field(min_length=1)
    other: Sentences = Field(min_length=1)


class Say(Data):
    """The file ``sentences.toml``."""

    openings: Sentences
    openings_third: Sentences
    openings_professional: Sentences
    them: Sentences
    own_them: Sentences
    days: Sentences
    chasing: Sentences
    neighbours_call: Sentences
    again: Sentences
    first_time: Sentences
    own_again: Sentences
    own_first_time: Sentences
    asked_before: Sentences
    asked_circumstances: Sentences
    closings: Sentences
    template_lines: Sentences
    details: Sentences
    own_details: Sentences
    suspect_named: Sentences
    own_suspect: Sentences
    suspect_hint: Sentences
    about_others: Sentences
    dispatch: Sentences
    short: dict[str, str]
    results: dict[str, Sentences]
    kinds: dict[str, Kind]
    circumstances: dict[str, Told]

    def kinds_by_weight(self) -> Weighted[str]:
        """Return the kinds of trouble, drawn by their weight."""
        return Weighted({name: kind.weight for name, kind in self.kinds.items()})


@cache
def read_sentences() -> Say:
    """Read the sentences; raise `PackError` with every problem, unknown slots too, when the file does not load."""
    problems = Problems()
    path = Path(str(files("everycall.demo").joinpath("sentences.toml")))
    read = read_toml(path, Say, problems)
    for sentence in _all(read.model_dump()) if read else ():
        for _, slot, _, _ in Formatter().parse(sentence):
            if slot is not None and slot not in SLOTS:
                problems.add(f"{path.name} '{sentence}'", not_allowed(slot, SLOTS))
    problems.raise_if_any("the sentences of the made-up force do not load", PackError)
    assert read is not None
    return read


def _all(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    if isinstance(data, dict):
        data = list(data.values())
    return [text for one in data for text in _all(one)] if isinstance(data, list | tuple) else []
