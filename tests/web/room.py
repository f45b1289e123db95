"""What goes on in the room while a browser looks: calls taken and decided at the same store, as other screens would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import build
from everycall.access import conflicts
from everycall.accounts import people
from everycall.deciding import Choice, decide
from everycall.force import Force
from everycall.store.store import Store
from scenario_runner import policy

BEGINS = build.NOW
VULNERABLE = {"personal_circumstances": "yes", "happened_before": "yes", "happening_now": "yes"}
LESS = {"grade": "scheduled", "attendance": "contact", "reason": "risk_lower"}


@contextmanager
def at_the_store(site: Any) -> Iterator[Force]:
    """Open the store that a site serves, beside it."""
    force = Force(Store(site.store), policy())
    try:
        yield force
    finally:
        force.store.close()


def taken(site: Any, ref: str, at: datetime = BEGINS, **facts: Any) -> None:
    """Take a call as another screen would."""
    with at_the_store(site) as force:
        build.assess(
            force, ref, at=at, **{"status": "open", "handler": "c1001", "district": "Fenside"} | facts
        )


def decided(site: Any, ref: str, by: str = "c1001", seconds: float = 0.4, **choice: Any) -> None:
    """Decide on a call as another screen would, so many seconds after the tests begin."""
    with at_the_store(site) as force:
        choice = {"by": by, "grade": "priority", **choice}
        decide(ref, Choice.model_validate(choice), force, BEGINS + timedelta(seconds=seconds))


def in_conflict(site: Any, name: str, party: dict[str, Any]) -> None:
    """Keep that somebody is a neighbour."""
    with at_the_store(site) as force:
        connection = force.store.connection
        person = people.find(connection, name)
        assert person is not None
        conflicts.add(connection, person.number, party, "a neighbour", BEGINS)


WAYS_TO_SEE: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "at-200": {"viewport": {"width": 640, "height": 720}, "device_scale_factor": 2},
}
"""How each page is looked at: light, dark, and at 200 % zoom of a screen 1280 wide."""
