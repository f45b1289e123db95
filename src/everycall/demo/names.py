"""Names of many origins: pools drawn once from Faker, so that making a call costs no call to Faker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any, Literal

from anyascii import anyascii

from everycall.errors import PackError, Problems
from everycall.strict import Data, read_toml

DRAWS = 600
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


@dataclass(frozen=True, slots=True)
class Names:
    """Every pool with its weight, and the short forms of forenames."""

    pools: tuple[Pool, ...]
    shares: tuple[int, ...]
    nicknames: Mapping[str, tuple[str, ...]]

    def origin(self, random: Random) -> Pool:
        """Return one origin, by its share."""
        return random.choices(self.pools, self.shares)[0]


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
    pools = tuple(_pool(origin, seed) for origin in origins.origin)
    return Names(pools, tuple(origin.share for origin in origins.origin), origins.nicknames)


def _pool(origin: Origin, seed: int) -> Pool:
    first = origin.order == "surname_first"
    if origin.locale is None:
        return Pool(origin.name, first, origin.female, origin.male, origin.surnames)
    from faker.factory import Factory  # only a force that is being made needs Faker

    fake: Any = Factory.create(origin.locale, ["faker.providers.person"])
    fake.seed_instance(f"{seed}:{origin.name}")
    return Pool(
        origin.name,
        first,
        _said([fake.first_name_female() for _ in range(DRAWS)]),
        _said([fake.first_name_male() for _ in range(DRAWS)]),
        _said([fake.last_name() for _ in range(DRAWS)]),
    )


def _said(names: Sequence[str]) -> tuple[str, ...]:
    """Return names as a person would say them: in Latin letters, which keep their marks."""
    return tuple(name if _is_latin(name) else anyascii(name).replace("'", "").title() for name in names)


def _is_latin(name: str) -> bool:
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 for letter in name)
