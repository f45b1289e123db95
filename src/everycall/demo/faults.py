"""Faults that can be planted in the made-up force: a team that stops asking, a handler who marks everyone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel

from everycall.demo.rates import Share
from everycall.errors import InputError, PackError, Problem, Problems, not_allowed
from everycall.strict import Data, read_toml


class Fault(Data):
    """One fault: where and when it holds, and what it does to a call. ``faults.toml`` explains the keys."""

    text: str
    team: str | None = None
    handler: Annotated[int, Field(ge=0)] | None = None
    district: str | None = None
    source: str | None = None
    only_with: str | None = None
    from_days: Annotated[int, Field(ge=1)]
    until_days: Annotated[int, Field(ge=0)] = 0
    asks: dict[str, Share] = Field(default_factory=dict)
    marks_repeat: bool | None = None
    marks_vulnerable: bool | None = None
    closes_as: str | None = None
    grades_as: str | None = None
    language_line: bool | None = None
    template: str | None = None


class _Faults(RootModel[dict[str, Fault]]):
    """The file ``faults.toml``."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault with its name and its seconds of the history, from and until."""

    name: str
    fault: Fault
    since: int
    until: int

    def touches(
        self, second: int, team: str, handler: int, district: str, source: str, has: Iterable[str]
    ) -> bool:
        """Say whether a call with these marks of place and time is touched by the fault."""
        fault = self.fault
        return (
            self.since <= second < self.until
            and fault.team in (None, team)
            and fault.handler in (None, handler)
            and fault.district in (None, district)
            and fault.source in (None, source)
            and (fault.only_with is None or fault.only_with in has)
        )


@cache
def read_faults() -> dict[str, Fault]:
    """Read every fault there is by its name; raise `PackError` with every problem when the file does not load."""
    problems = Problems()
    path = Path(str(files("everycall.demo").joinpath("faults.toml")))
    read = read_toml(path, _Faults, problems)
    problems.raise_if_any("the faults of the made-up force do not load", PackError)
    assert read is not None
    return read.root


def plant(names: Iterable[str], end: int) -> tuple[Planted, ...]:
    """Return the faults of these names in a history that ends at second ``end``.

    Raises
    ------
    InputError
        Naming every fault that there is none of, and the nearest.
    """
    known = read_faults()
    wanted = dict.fromkeys(names)
    wrong = [Problem("plant", not_allowed(name, known)) for name in wanted if name not in known]
    if wrong:
        raise InputError("the made-up force cannot be made", wrong)
    day = 86_400
    return tuple(
        Planted(name, known[name], end - known[name].from_days * day, end - known[name].until_days * day)
        for name in wanted
    )
