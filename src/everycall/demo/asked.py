"""What was asked and told in each call, beside what was so: the table ``truth/asked.csv``."""

from __future__ import annotations

from everycall.demo.logs import Facts
from everycall.demo.made import Now

ASKED_COLUMNS = (
    "ref", "handler", "team", "district", "source", "happened_before", "said_before", "true_before",
    "personal_circumstances", "told", "true_circumstances", "faults",
)  # fmt: skip


def asked_row(now: Now, facts: Facts | None, before: bool | None, has: list[str]) -> tuple[str, ...]:
    """Return the row of ``truth/asked.csv``; without facts no victim rang, and no question applies."""
    faults = " ".join([one.name for one in now.faults])
    who = (now.ref, now.handler.name, now.handler.team, now.district, now.source)
    if facts is None:
        return (*who, "not_applicable", "", "", "not_applicable", "", "", faults)
    said = "" if facts.before is None else yes_or_no(facts.before)
    return (
        *who,
        "asked" if facts.before_asked else "volunteered" if said else "not_asked",
        said,
        yes_or_no(bool(before)),
        "asked" if facts.circumstances_asked else "volunteered" if facts.told else "not_asked",
        " ".join(facts.told),
        " ".join(has),
        faults,
    )


def yes_or_no(yes: bool) -> str:
    """Return the word for it."""
    return "yes" if yes else "no"
