"""The card of one call as one viewer is shown it: facts, assessment, how it stands, and what they may do here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from everycall.access.roles import Sees, may
from everycall.access.viewer import Viewer
from everycall.assessment import Assessment
from everycall.identity.search import NOTHING_TO_SEARCH_BY
from everycall.policy.grades import Grades
from everycall.serving import ground
from everycall.taking import NOT_RECORDED


@dataclass(frozen=True)
class Card:
    """What the templates below ``call/`` tell from; nothing in it is held back from this viewer.

    Parameters
    ----------
    call
        The facts of the call (as its JSON).
    told
        The assessment (as its JSON); None: not assessed.
    stands, decision
        How the call stands now, and the last decision on it; None: not assessed, nothing decided.
    version
        Of the facts.
    """

    ref: str
    version: int
    call: Mapping[str, Any]
    told: Mapping[str, Any] | None
    stands: Mapping[str, Any] | None
    decision: Mapping[str, Any] | None
    viewer: Viewer
    sees: Sees

    @cached_property
    def made(self) -> Assessment | None:
        """Return the assessment as it is read in Python."""
        return None if self.told is None else Assessment.model_validate(self.told)

    @cached_property
    def received_at(self) -> datetime | None:
        """Return when the call came in; None: only told since the store went away."""
        at = self.call.get("received_at")
        return datetime.fromisoformat(at) if at else None

    @property
    def may_write(self) -> bool:
        """Say whether the viewer may change the facts."""
        return self.sees.full and may(self.viewer, "assess")

    @property
    def may_decide(self) -> bool:
        """Say whether the viewer may decide."""
        return self.sees.full and self.told is not None and may(self.viewer, "decide")

    @property
    def may_match(self) -> bool:
        """Say whether the viewer may say that two calls are one human."""
        return self.sees.full and may(self.viewer, "match")

    @property
    def awaits(self) -> tuple[str, ...]:
        """Return for what the last decision awaits a supervisor."""
        return tuple(self.decision["awaits_supervisor"]) if self.decision else ()

    @property
    def may_approve(self) -> bool:
        """Say whether the viewer may let the last decision stand: it waits, and is somebody else's."""
        waits = bool(self.awaits) and self.decision is not None and self.decision["by"] != self.viewer.name
        return waits and may(self.viewer, "approve")

    @property
    def is_decided(self) -> bool:
        """Say whether the last decision was made on what is recommended now: then nothing is left to decide."""
        if self.told is None or self.decision is None or self.awaits:
            return False
        now, knew = self.told["recommendation"], self.decision["recommended"]
        same = all(now[part] == knew[part] for part in ("grade", "attendance"))
        return same and _moment(now["respond_by"]) == _moment(knew["respond_by"])

    @property
    def is_to_be_accepted(self) -> bool:
        """Say whether accepting is what there is to do here: not where it is decided, or an approval is awaited."""
        return not (self.is_decided or self.may_approve)

    @property
    def nothing_told(self) -> bool:
        """Say whether nobody and no place has been told of yet, and no part failed for any other reason than that.

        Never to somebody from whom names and places are held back: their not standing here says nothing.
        """
        if not self.sees.full:
            return False
        told = any(self.call.get(part) for part in ("caller", "victims", "others", "location"))
        problems = self.made.problems if self.made else ()
        return not told and all(one.problem == NOTHING_TO_SEARCH_BY for one in problems)

    @property
    def is_recorded(self) -> bool:
        """Say whether the assessment is in the record; else it waits beside the store."""
        return self.made is None or all(one.part != NOT_RECORDED for one in self.made.problems)

    @property
    def grades(self) -> Grades:
        """Return the force's grades and kinds of attendance."""
        return ground.ground().policy.pack.grades

    def grade_name(self, code: str) -> str:
        """Return a grade in words; the code itself for one that a system wrote and the pack does not know."""
        return next((grade.name for grade in self.grades.grades if grade.code == code), code)


def _moment(told: str | None) -> datetime | None:
    """Return a moment from how it was told: ``Z`` and ``+00:00`` are one."""
    return datetime.fromisoformat(told) if told else None


def card_of(found: Mapping[str, Any], viewer: Viewer, sees: Sees) -> Card:
    """Return the card from what `everycall.serving.calls` tells."""
    return Card(
        found["ref"], found["version"], found["call"], found["assessment"], found["stands"], found["decision"],
        viewer, sees,
    )  # fmt: skip
