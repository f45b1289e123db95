"""The rules on repeats as a force sets them, read from the pack's ``repeat.toml``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from everycall import codes
from everycall.errors import Problems, not_allowed
from everycall.strict import Data, read_toml

_Count = Annotated[int, Field(ge=1)]
_Share = Annotated[float, Field(gt=0, lt=1)]


class Search(Data):
    """Limits of the search: probabilities, and how many names make a line or a home shared.

    Parameters
    ----------
    budget_ms
        How long each part of a live assessment may ask the database; past it that part could not look.
    """

    population: Annotated[int, Field(ge=1_000)]
    person_probability: _Share
    possible_probability: _Share
    most_a_key: _Count
    shared_phone_surnames: Annotated[int, Field(ge=2)]
    communal_surnames: Annotated[int, Field(ge=2)]
    household_days: _Count
    budget_ms: Annotated[int, Field(ge=20, le=60_000)] = 200


class Fresh(Data):
    """How old (days) the newest record may be."""

    repeat_days: _Count
    burst_days: _Count


class EventRule(Data):
    """Which calls are about one event."""

    minutes_after_the_latest: _Count
    hours_in_all: _Count


class OpenRule(Data):
    """When a call without a status is still open."""

    hours_without_status: _Count


class BurstRule(Data):
    """How many contacts make a burst."""

    in_24_hours: _Count
    in_7_days: _Count


class RepeatRule(Data):
    """One definition of a repeat victim."""

    decides: bool = False
    days: _Count
    earlier: _Count
    perceived_counts: bool


class CaseReviewRule(Data):
    """The threshold of the ASB case review; it may not be set above three complaints."""

    complaints: Annotated[int, Field(ge=1, le=3)]
    months: Annotated[int, Field(ge=6)]
    persistent: tuple[str, ...]


class NobodySeenRule(Data):
    """After how many incidents in which nobody was seen the response is to be looked at."""

    earlier: _Count
    days: _Count
    closed_as: tuple[str, ...]


class Categories(Data):
    """Which categories count as they stand."""

    count: tuple[str, ...]


class RepeatRules(Data):
    """Everything in ``repeat.toml``."""

    search: Search
    fresh: Fresh
    event: EventRule
    open: OpenRule
    burst: BurstRule
    rules: dict[str, RepeatRule]
    case_review: CaseReviewRule
    nobody_seen: NobodySeenRule
    categories: Categories

    @property
    def deciding(self) -> str:
        """The name of the rule that decides."""
        return next(name for name, rule in self.rules.items() if rule.decides)


def load(path: Path, problems: Problems) -> RepeatRules | None:
    """Read ``repeat.toml``; on any problem add it and return None."""
    rules = read_toml(path, RepeatRules, problems)
    if rules is None:
        return None
    if sum(rule.decides for rule in rules.rules.values()) != 1:
        problems.add(f"{path.name} rules", "exactly one rule must have decides = true")
    for where, values, field in (
        ("nobody_seen.closed_as", rules.nobody_seen.closed_as, "closed_as"),
        ("categories.count", rules.categories.count, "category"),
    ):
        for value in values:
            if value not in codes.allowed(field):
                problems.add(f"{path.name} {where}", not_allowed(value, codes.allowed(field)))
    often = codes.answers()["how_often"]
    for value in rules.case_review.persistent:
        if value not in often:
            problems.add(f"{path.name} case_review.persistent", not_allowed(value, often))
    if rules.search.possible_probability >= rules.search.person_probability:
        problems.add(f"{path.name} search", "possible_probability must be below person_probability")
    return rules
