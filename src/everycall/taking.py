"""Taking one live call: assess it, keep it, record the assessment; all in one short transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError
from pydantic_core import to_json

from everycall.ahead import read_while_asked
from everycall.assessment import Assessment, ProblemFound
from everycall.between_calls import look_for_garbage
from everycall.call import Call, CallRead
from everycall.errors import StoreError
from everycall.force import Force
from everycall.parts import Parts
from everycall.record.chain import ASSESSMENT
from everycall.store import assessments, calls, in_one_go, record, words
from everycall.store.asked_ahead import forget
from everycall.store.at_once import at_once
from everycall.store.merging import facts_sha256, payload_of
from everycall.store.moments import to_number
from everycall.store.prepared import prepare
from everycall.store.writing import written_together
from everycall.triage import Assessed, assess

NOT_RECORDED = "record"
"""The part named in ``problems`` when an assessment could not be kept."""

_NEW = (1, True)
"""The version a call has when the store does not know it, and that it is a change."""

_TRIES = 20
"""How often a call is assessed anew because others told more of it meanwhile; one of them gets through each time."""


@dataclass(frozen=True, slots=True)
class TakenCall:
    """A call's assessment with its JSON, as it is recorded and as it is told: written once.

    Parameters
    ----------
    yes_facts
        The facts that were yes, which stand beside the assessment in the record.
    data
        What the JSON says, for whoever tells only some of it: it need not be read again.
    """

    assessment: Assessment
    body: str
    yes_facts: frozenset[str]
    data: dict[str, Any]


Beside = Callable[[TakenCall], Callable[[str], None]]
"""What else is recorded in the same transaction: made ready before it, then told if it was new, changed or same."""


def take_call(
    read: CallRead, force: Force, now: datetime, dry_run: bool = False, beside: Beside | None = None
) -> TakenCall:
    """Assess a call together with what is known of it already, and record it.

    A call told again with the same ``ref`` is the same call: newer facts are added and make a new version. When
    the store cannot be written, the assessment is given all the same and says that it was not recorded.

    Parameters
    ----------
    now
        When the assessment is made (aware).
    dry_run
        Store nothing.
    beside
        Run in the same transaction: what it refuses is not recorded either.
    """
    look_for_garbage()
    force.store.mend()
    for _ in range(_TRIES):
        try:
            return _taken(read, force, now, dry_run, beside)
        except _ToldMoreMeanwhile:
            now = _after_the_last(read.call.ref, force, now)
        finally:
            forget(force.store.connection)
    raise StoreError("others tell more of this call all the time: it was not recorded")


class _ToldMoreMeanwhile(Exception):  # noqa: N818 - no error: the call is assessed again with what others told
    """Another process told more of this call between the reading and the writing; nothing was written."""


def _after_the_last(ref: str, force: Force, now: datetime) -> datetime:
    """Return a moment at which what another process has just recorded of a call is known."""
    last = assessments.last_made(force.store.connection, ref)
    return now if last is None else max(now, last + timedelta(microseconds=1))


def _made_later(ref: str, force: Force, now: datetime) -> bool:
    """Say whether one was made at ``now`` or later, by a clock ahead of ours: this one did not know what it found."""
    last = assessments.last_made(force.store.connection, ref)
    return last is not None and last >= now


def _taken(read: CallRead, force: Force, now: datetime, dry_run: bool, beside: Beside | None) -> TakenCall:
    connection = force.store.connection
    parts = Parts()
    reading = read_while_asked(read.call, force, now)
    known = parts.attempt(
        "earlier versions", lambda: calls.current(connection, [read.call.ref]).get(read.call.ref), None
    )
    whole = calls.with_what_is_known(read.call, known)
    changed = known is None or known.facts_sha256 != facts_sha256(payload_of(whole))
    version = 1 if known is None else known.version + changed
    is_new = known is None and not parts.problems
    if whole is not read.call:
        same_words = (whole.log, whole.received_at) == (read.call.log, read.call.received_at)
        read, reading = replace(read, call=whole), reading if same_words else None
    assessed = assess(read, force, now, version, new_to_store=is_new, reading=reading)
    forget(connection)
    if parts.problems:
        problems = (*parts.problems, *assessed.assessment.problems)
        assessed = replace(assessed, assessment=assessed.assessment.model_copy(update={"problems": problems}))
    told = as_taken(assessed.assessment, assessed.yes_facts)
    if dry_run:
        return told
    keeping = Parts()
    ready = keeping.attempt(NOT_RECORDED, lambda: beside(told), None) if beside is not None else None
    expected = None if parts.problems else (version, changed)
    kept = None
    if not keeping.failed:
        kept = keeping.attempt(
            NOT_RECORDED, lambda: _keep(told, assessed, whole, expected, force, now, ready), None
        )
    if kept is None and not keeping.failed:
        raise _ToldMoreMeanwhile
    if kept is not None:
        return kept
    failed = tuple(ProblemFound(part=p.part, problem=f"NOT RECORDED: {p.problem}") for p in keeping.problems)
    problems = (*assessed.assessment.problems, *failed)
    return as_taken(assessed.assessment.model_copy(update={"problems": problems}), assessed.yes_facts)


def keep_told(
    call: Call, assessment: Assessment, yes_facts: frozenset[str], force: Force, now: datetime
) -> TakenCall:
    """Keep a call with an assessment that was told of it while the store could not be written.

    Raises
    ------
    StoreError
        When it still cannot.
    """
    assessed = Assessed(assessment, force.policy.read(call), yes_facts)
    return _kept(as_taken(assessment, yes_facts), assessed, call, None, force, now)


def as_taken(assessment: Assessment, yes_facts: frozenset[str]) -> TakenCall:
    """Return an assessment with its JSON: the very text that the model writes by itself."""
    data = assessment.model_dump(mode="json", by_alias=True)
    return TakenCall(assessment, to_json(data, inf_nan_mode="null").decode(), yes_facts, data)


def _keep(
    told: TakenCall,
    assessed: Assessed,
    call: Call,
    expected: tuple[int, bool] | None,
    force: Force,
    now: datetime,
    beside: Callable[[str], None] | None,
) -> TakenCall | None:
    """Keep a call and its assessment; None, and nothing kept, when it was assessed without all that is known now."""
    try:
        return _kept(told, assessed, call, expected, force, now, beside)
    except _ToldMoreMeanwhile:
        return None


def _kept(
    told: TakenCall,
    assessed: Assessed,
    call: Call,
    expected: tuple[int, bool] | None,
    force: Force,
    now: datetime,
    beside: Callable[[str], None] | None = None,
) -> TakenCall:
    connection = force.store.connection
    if expected == _NEW and in_one_go.offered(connection) and not connection.in_atomic_block:
        _keep_in_one_go(told, assessed, call, force, now, beside)
        return told
    with written_together(connection):
        (taken,) = calls.take(connection, [call], now)
        if expected is not None and (taken.version, taken.change != "same") != expected:
            raise _ToldMoreMeanwhile
        if taken.version != told.assessment.version:
            told = as_taken(told.assessment.model_copy(update={"version": taken.version}), told.yes_facts)
        if assessed.reading is not None and taken.change != "same":
            lexicon = force.policy.lexicon.sha256
            words.keep(connection, [(taken.version_id, assessed.reading)], lexicon, now, new=True)
        first = taken.change == "new"
        if expected is not None and not first and _made_later(call.ref, force, now):
            raise _ToldMoreMeanwhile
        assessments.record(
            connection, told.assessment, told.body, assessed.yes_facts, next(force.salts), first
        )
        if beside is not None:
            beside(taken.change)
    force.store.write_ahead.committed()
    return told


def _keep_in_one_go(
    told: TakenCall,
    assessed: Assessed,
    call: Call,
    force: Force,
    now: datetime,
    beside: Callable[[str], None] | None,
) -> None:
    connection = force.store.connection
    assessment, body = told.assessment, told.body
    known_from = to_number(now)
    read = assessed.reading
    row = None if read is None else (known_from, force.policy.lexicon.sha256, *words.row_of(read))
    made = assessments.made_of(assessment, assessments.comparable(body), told.yes_facts)
    entry = record.entry_of(ASSESSMENT, call.ref, body, next(force.salts), assessment.assessed_at)
    try:
        with at_once(connection):
            in_one_go.keep(connection, prepare(call), row, entry, made, known_from)
            if beside is not None:
                beside("new")
    except StoreError as error:
        if isinstance(error.__cause__, IntegrityError) and calls.current(connection, [call.ref]):
            raise _ToldMoreMeanwhile from error
        raise
