"""Names of many origins: pools drawn once from Faker, so that making a call costs no call to Faker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from anyascii import anyascii
from pydantic import Field

from everycall.demo.rates import Draw, Weighted, one_of
from everycall.errors import PackError, Problems
from everycall.strict import Data, read_toml

DRAWS = 1_000
"""Names drawn per origin and kind; drawn with repetition, so that common names stay common."""


class Origin(Data):
    """One origin of names: a Faker locale, or words of its own."""

    name: str
    share: int
    locale: str | None = None
    order: Literal["surname_last", "surname_first"] = "surname_last"
    female: tuple[str, ...] = ()
    male: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    rare: float = Field(default=0, ge=0, le=1)
    beginnings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    hers: tuple[tuple[str, str], ...] = ()


class Origins(Data):
    """The file ``origins.toml``."""

    origin: tuple[Origin, ...]
    nicknames: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Pool:
    """The names of one origin, each as often as it is common."""

    origin: str
    surname_first: bool
    female: tuple[str, ...]
    male: tuple[str, ...]
    surnames: tuple[str, ...]
    rare: float = 0.0
    beginnings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    hers: tuple[tuple[str, str], ...] = ()

    def forename(self, sex: str, chance: Draw) -> str:
        """Return a forename, common ones more often."""
        return one_of(self.female if sex == "female" else self.male, chance)

    def surname(self, chance: Draw) -> str:
        """Return a surname: a common one, or a rare one put together from a beginning and an ending."""
        if self.rare and chance() < self.rare:
            return one_of(self.beginnings, chance) + one_of(self.endings, chance)
        return one_of(self.surnames, chance)

    def as_borne_by(self, sex: str, surname: str) -> str:
        """Return a family's surname as a man or a woman bears it: Zielinski and Zielinska."""
        for his, her in self.hers:
            if sex == "female" and surname.endswith(his):
                return surname.removesuffix(his) + her
            if sex == "male" and surname.endswith(her):
                return surname.removesuffix(her) + his
        return surname


@dataclass(frozen=True, slots=True)
class Names:
    """Every pool with its weight, and the short forms of forenames."""

    pools: Weighted[Pool]
    nicknames: Mapping[str, tuple[str, ...]]

    def origin(self, chance: Draw) -> Pool:
        """Return one origin, by its share."""
        return self.pools.draw(chance)


def read_names(seed: int) -> Names:
    """Draw the pools for ``seed`` from Faker.

    Raises
    ------
    PackError
        When ``origins.toml`` does not load; with every problem.
    ImportError
        When Faker (the extra ``demo``) is not installed.
    """
    problems = Problems()
    path = Path(str(files("everycall.demo").joinpath("origins.toml")))
    origins = read_toml(path, Origins, problems)
    problems.raise_if_any("the origins of names do not load", PackError)
    assert origins is not None
    pools = [(_pool(origin, seed), origin.share) for origin in origins.origin]
    return Names(Weighted(pools), origins.nicknames)


def _pool(origin: Origin, seed: int) -> Pool:
    first = origin.order == "surname_first"
    more: Any = (origin.rare, origin.beginnings, origin.endings, origin.hers)
    if origin.locale is None:
        return Pool(origin.name, first, origin.female, origin.male, origin.surnames, *more)
    from faker.factory import Factory  # only a force that is being made needs Faker

    fake: Any = Factory.create(origin.locale, ["faker.providers.person"])
    fake.seed_instance(f"{seed}:{origin.name}")
    return Pool(
        origin.name,
        first,
        _said([fake.first_name_female() for _ in range(DRAWS)]),
        _said([fake.first_name_male() for _ in range(DRAWS)]),
        _said([fake.last_name() for _ in range(DRAWS)]),
        *more,
    )


def _said(names: Sequence[str]) -> tuple[str, ...]:
    """Return names as a person would say them: in Latin letters, which keep their marks."""
    return tuple(name if _is_latin(name) else anyascii(name).replace("'", "").title() for name in names)


def _is_latin(name: str) -> bool:
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 for letter in name)
