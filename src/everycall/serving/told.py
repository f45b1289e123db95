"""What one viewer is told of one call; what is shown of others' records is logged with the call, or not shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db import DatabaseError

from everycall.access import conflicts, processing, shown
from everycall.access.operations import COMBINATION, CONSULTATION
from everycall.access.roles import Sees
from everycall.access.viewer import Viewer
from everycall.call import Call
from everycall.errors import StoreError
from everycall.force import Force
from everycall.serving import ground
from everycall.serving.announcing import announce, who_asked
from everycall.serving.calls import log
from everycall.taking import TakenCall
from everycall.telling.events import ASSESSMENT, of_assessment


@dataclass(frozen=True, slots=True)
class Told:
    """An assessment as it is told to one viewer, its JSON, and by what it was decided how much is told."""

    assessment: dict[str, Any]
    body: bytes
    sees: Sees


class Telling:
    """What one viewer is told of one call; what is shown of others' records is logged with the call, or not shown."""

    def __init__(
        self, call: Call, viewer: Viewer, what: Sees, justification: str | None, force: Force
    ) -> None:
        self.call, self.viewer, self.what = call, viewer, what
        self.justification, self.force = justification, force
        self.told: dict[str, Any] = {}
        self.sees = what

    def __call__(self, taken: TakenCall) -> Callable[[str], None]:
        """Make ready what is logged and announced in the transaction that records the call."""
        ref = self.call.ref
        self.sees = self._what()
        self.told = shown.assessment_for(self.sees, taken.data)
        force, looked = self.force, shown.shown_records(self.told)
        logging = processing.ready(
            force.store.connection,
            self.viewer,
            looked,
            ref,
            self.justification,
            force.salts,
            ground.now,
            seen=not ground.ground().modes.shadow,
        )
        hooks = who_asked(force, ASSESSMENT)
        data = of_assessment(taken.data) if hooks else {}

        def recorded(change: str) -> None:
            logging(change)
            if hooks:
                announce(force, ASSESSMENT, ref, data, hooks)

        return recorded

    def told_later(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return what is told of a call that is recorded later: earlier calls only if the look can be logged."""
        try:
            self.sees = self._what()
            self.told = shown.assessment_for(self.sees, body)
            looked = shown.shown_records(self.told)
            seen = {} if ground.ground().modes.shadow else {CONSULTATION: looked}
            looks = {COMBINATION: looked, **seen}
            log(self.force, self.viewer, looks, self.call.ref, self.justification)
        except (StoreError, DatabaseError):
            self.sees = replace(self.what, history=False)
            self.told = shown.assessment_for(self.sees, body)
        return self.told

    def _what(self) -> Sees:
        connection = self.force.store.connection
        if not conflicts.in_conflict(connection, self.viewer, self.call):
            return self.what
        broken = conflicts.is_broken(connection, self.viewer, self.call.ref, ground.now())
        return replace(self.what, history=broken)
