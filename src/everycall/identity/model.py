"""The identity model: for every level of agreement, how often it holds for one human and for two."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from math import log2
from typing import Any

from everycall.errors import PackError, Problems, not_allowed
from everycall.identity.normalise.frequencies import DISTINCTIVE, listed_share
from everycall.identity.older_models import brought_up_to_date
from everycall.told_once import read_once, why_not

RAREST_FORENAME = 0.002
"""No forename counts as rarer than one in 500. Who shares a rare surname often shares where their names come from, and
there a forename is no longer rare: names alone must not make two people one."""

LEVELS = {
    "forename": ("exact", "nickname", "initial", "similar", "near", "transposed", "different"),
    "surname": ("exact", "part", "similar", "transposed", "different"),
    "born": ("same", "swapped", "one_digit", "two_parts", "age", "different", "age_differs"),
    "phone": ("same", "different"),
    "email": ("same", "different"),
    "address": (
        "dwelling", "same_number", "building", "house", "slip", "postcode", "elsewhere", "street", "neighbour",
        "other_street", "different",
    ),
    "town": ("same", "different"),
    "town_by_postcode": ("same", "different"),
    "house_name": ("same", "different"),
    "house_name_by_number": ("same", "different"),
}  # fmt: skip
"""The levels of each comparison, most alike first; a model must give m and u for every one."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level: m and u as probabilities, and the share of people who stay with it for a year."""

    m: float
    u: float
    stay_a_year: float = 1.0
    by_frequency: bool = False

    def bits(self, share: float | None = None, years: float = 0.0) -> float:
        """Return log2(m/u): the weight of this level in bits.

        Parameters
        ----------
        share
            How frequent the value itself is; used as u where the level is ``by_frequency``
            (term-frequency adjustment: Fellegi & Sunter 1969, section 3.3.1).
        years
            Between the two mentions; agreement on what people change counts for less after years.
        """
        u = share if self.by_frequency and share else self.u
        return log2(self.m * self.stay_a_year**years / u)


@dataclass(frozen=True, eq=False)
class Model:
    """A whole model, its name and the hash of the file it came from; one object is equal to itself alone."""

    name: str
    sha256: str
    levels: dict[str, dict[str, Level]]
    unlisted_share: dict[str, float]
    shares: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def share(self, comparison: str, name: str) -> float:
        """Return how common a name is: as the model learned it, else as the tables shipped beside it say."""
        learned = self.shares.get(comparison)
        found = listed_share(comparison, name) if learned is None else learned.get(name)
        share = found or self.unlisted_share[comparison]
        return max(share, RAREST_FORENAME) if comparison == "forename" else share

    def distinctive(self, surname: str) -> bool:
        """Say whether fewer than one person in 500 bears a surname, as this model has it (contract, "household")."""
        return self.share("surname", surname) < DISTINCTIVE

    @lru_cache(maxsize=65_536)  # noqa: B019 - a process has one or two models, and they live as long as it does
    def bits(self, comparison: str, level: str, days: int) -> float:
        """Return the weight of a level after some days; disagreement fades as the chance grows of a change.

        Parameters
        ----------
        days
            Between the two mentions.
        """
        years = days / 365.25
        levels = self.levels[comparison]
        if level != "different":
            return levels[level].bits(years=years)
        alike = sum(one.m * one.stay_a_year**years for name, one in levels.items() if name != "different")
        return log2(max(1.0 - alike, 1e-6) / levels["different"].u)


def read_model(text: str, where: str) -> Model:
    """Read a model; raise `PackError` naming every level without m or u, and every unknown one."""
    problems = Problems()
    try:
        data: dict[str, Any] = read_once(text)
    except (ValueError, RecursionError) as error:
        problems.add(where, why_not(error))
        data = {}
    levels: dict[str, dict[str, Level]] = {}
    given = brought_up_to_date(data).get("comparisons", {})
    for comparison in given:
        if comparison not in LEVELS:
            problems.add(f"{where} {comparison}", not_allowed(comparison, LEVELS))
    for comparison, names in LEVELS.items():
        found = given.get(comparison, {})
        for name in found:
            if name not in names:
                problems.add(f"{where} {comparison}.{name}", not_allowed(name, names))
        levels[comparison] = {}
        for name in names:
            level = found.get(name, {})
            if not all(isinstance(level.get(p), float) and 0 < level[p] <= 1 for p in ("m", "u")):
                problems.add(
                    f"{where} {comparison}.{name}", "has no m and u between 0 and 1: not trained, refused"
                )
                continue
            levels[comparison][name] = Level(
                level["m"], level["u"], level.get("stay_a_year", 1.0), level.get("by_frequency", False)
            )
    problems.raise_if_any("the identity model cannot be used", PackError)
    return Model(
        name=str(data.get("name", where)),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        levels=levels,
        unlisted_share=dict(data["unlisted_share"]),
        shares=dict(data.get("shares", {})),
    )


@cache
def shipped_model() -> Model:
    """Return the model that comes with Everycall, usable without training."""
    return read_model(shipped_text(), "model.json")


def shipped_text() -> str:
    """Return the file of the model that comes with Everycall."""
    return files("everycall.identity").joinpath("data/model.json").read_text("utf-8")
