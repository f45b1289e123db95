"""What coded behaviours say: which are minor, which facts they make yes, and which they keep from being a no."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from everycall import codes
from everycall.assessment import Truth
from everycall.errors import Problems, not_allowed
from everycall.strict import Data, read_toml

FILE = "behaviours.toml"


class Behaviours(Data):
    """Everything in ``behaviours.toml``."""

    minor: tuple[str, ...]
    says: dict[str, tuple[str, ...]]
    suggests: dict[str, tuple[str, ...]] = {}

    def more_than_minor(self, behaviours: Collection[str]) -> Truth:
        """Say whether there is more than noise, parking or litter; none given counts as more."""
        return Truth.NO if behaviours and set(behaviours) <= set(self.minor) else Truth.YES

    def facts(self, behaviours: Iterable[str]) -> set[str]:
        """Return the facts that these behaviours make yes."""
        return _facts_of(self.says, behaviours)

    def suggested(self, behaviours: Iterable[str]) -> set[str]:
        """Return the facts that these behaviours suggest: not made a no by the answer to another question."""
        return _facts_of(self.suggests, behaviours)


def _facts_of(table: Mapping[str, Collection[str]], behaviours: Iterable[str]) -> set[str]:
    given = set(behaviours)
    return {fact for fact, coded in table.items() if given & set(coded)}


def load(path: Path, facts: Collection[str], problems: Problems) -> Behaviours | None:
    """Read ``behaviours.toml``; on any problem add it and return None."""
    behaviours = read_toml(path, Behaviours, problems)
    if behaviours is None:
        return None
    tables = [("minor", "", behaviours.minor)]
    tables += [(f"says.{fact}", fact, coded) for fact, coded in behaviours.says.items()]
    tables += [(f"suggests.{fact}", fact, coded) for fact, coded in behaviours.suggests.items()]
    for name, fact, coded in tables:
        where = f"{path.name} {name}"
        if fact and facts and fact not in facts:
            problems.add(where, not_allowed(fact, facts))
        for behaviour in coded:
            if behaviour not in codes.allowed("behaviours"):
                problems.add(where, not_allowed(behaviour, codes.allowed("behaviours")))
    return behaviours
