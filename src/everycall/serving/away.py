"""While the store is away: a call is assessed from its own facts, marked, put aside, and recorded when it is back."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any, cast

from everycall.access import processing
from everycall.access.operations import ALTERATION, COLLECTION
from everycall.access.viewer import Viewer
from everycall.assessment import Assessment, ProblemFound
from everycall.call import CallRead, read_call
from everycall.errors import EverycallError, InputError, StoreError
from everycall.force import Force
from everycall.serving.aside import Aside, Waiting
from everycall.serving.ground import Ground, StoreAwayError
from everycall.store.calls import current, take_back
from everycall.store.merging import Path, merge, without
from everycall.store.moments import to_number
from everycall.store.reading import read
from everycall.store.store import Store
from everycall.taking import NOT_RECORDED, TakenCall, as_taken, keep_told, take_call
from everycall.triage import assess

_log = logging.getLogger(__name__)

WAITS = "NOT RECORDED yet: it waits beside the store and is recorded when that is back"


class _AwayStore:
    """A store that is not there: whatever looks into it says that it could not look."""

    @property
    def connection(self) -> Any:
        raise StoreAwayError("the store cannot be reached")


def from_its_own_facts(call: CallRead, ground: Ground) -> TakenCall:
    """Assess a call by what it tells itself: words, answers and policy; the rest is could_not_look."""
    force = Force(cast(Store, _AwayStore()), ground.policy, switched_off=ground.modes.switched_off)
    made = assess(call, force, ground.clock(), new_to_store=True)
    return TakenCall(made.assessment, "", made.yes_facts, {})


def put_aside(
    taken: TakenCall,
    facts: Mapping[str, Any],
    gone: Sequence[Path],
    is_patch: bool,
    viewer: Viewer,
    justification: str | None,
    ground: Ground,
) -> TakenCall:
    """Mark an assessment as not recorded yet, and keep it with its call until the store is back."""
    others = tuple(one for one in taken.assessment.problems if one.part != NOT_RECORDED)
    marked = taken.assessment.model_copy(
        update={"problems": (*others, ProblemFound(part=NOT_RECORDED, problem=WAITS))}
    )
    told = {
        "ref": marked.call_ref,
        "facts": dict(facts),
        "gone": [list(path) for path in gone],
        "is_patch": is_patch,
        "assessment": marked.model_dump(mode="json", by_alias=True),
        "yes_facts": sorted(taken.yes_facts),
        "viewer": {"name": viewer.name, "role": viewer.role},
        "justification": justification,
    }
    try:
        Aside(ground.aside).put(marked.call_ref, told)
    except OSError as error:
        _log.error("a call could not be put aside: %s", type(error).__name__)
        lost = ProblemFound(part=NOT_RECORDED, problem="NOT RECORDED, and it could not be put aside either")
        marked = taken.assessment.model_copy(update={"problems": (*others, lost)})
    return as_taken(marked, taken.yes_facts)


def bring_back(ground: Ground) -> int:
    """Record what waits, once and in order, and assess it anew with the history; return how many.

    Stops, and leaves the rest, when the store cannot be written.
    """
    many = 0
    with Aside(ground.aside).in_order() as waiting:
        for one in waiting:
            try:
                _record(one, ground)
            except StoreError:
                break
            except EverycallError as error:
                _log.error("a call that waited cannot be recorded: %s", error.code)
                Aside(ground.aside).refuse(one)
                continue
            many += 1
    return many


def _record(one: Waiting, ground: Ground) -> None:
    force, now = ground.force(), ground.clock()
    connection, told = force.store.connection, one.told
    ref, gone = str(told["ref"]), [tuple(path) for path in told["gone"]]
    known = current(connection, [ref]).get(ref)
    facts = told["facts"]
    if told["is_patch"]:
        base = json.loads(known.payload) if known else {"received_at": told["assessment"]["assessed_at"]}
        facts = without(merge({"ref": ref, **base}, facts), gone)
        if known and gone:
            take_back(connection, ref, gone, now)
    call = read_call(facts).call
    assessment = Assessment.model_validate(told["assessment"])
    if not _recorded(force, assessment):
        try:
            keep_told(call, assessment, frozenset(told["yes_facts"]), force, now)
        except StoreError:
            raise
        except Exception as error:
            raise InputError(f"it cannot be kept ({type(error).__name__})") from error
        operation = ALTERATION if known else COLLECTION
        viewer = Viewer(told["viewer"]["name"], told["viewer"]["role"])
        processing.log(connection, viewer, {operation: [ref]}, ref, told["justification"], force.salts, now)
    Aside(ground.aside).done(one)
    take_call(read_call(facts), force, ground.clock())


def _recorded(force: Force, assessment: Assessment) -> bool:
    """Say whether this very assessment was recorded before: we were stopped before it was let go."""
    rows = read(
        force.store.connection,
        "SELECT 1 FROM assessment_made WHERE ref = %s AND assessed_at = %s",
        [assessment.call_ref, to_number(assessment.assessed_at)],
    )
    return bool(rows)
