"""Reading a call's words while PostgreSQL looks up what will be asked of it next."""

from __future__ import annotations

from datetime import datetime

from everycall.call import Call
from everycall.force import Force
from everycall.identity.search import asked_by, until
from everycall.parts import Parts
from everycall.rooms import sought
from everycall.store import calls, reference
from everycall.store.asked_ahead import asked_ahead, can_ask_ahead
from everycall.store.asked_as_one import Columns
from everycall.store.history import STANDING_COLUMNS
from everycall.store.reading import Question
from everycall.vulnerability.victims import victims_of
from everycall.vulnerability.words.finding import Reading


def read_while_asked(call: Call, force: Force, now: datetime) -> Reading | None:
    """Return what a call's words say, with what its assessment asks of the store asked meanwhile.

    Whom it asks about may hang on the words or on what the store knows of the call already: then the assessment
    asks for itself. So it does, and reads the words, where this returns None: on SQLite, or when anything fails.

    Parameters
    ----------
    now
        When the assessment is made (aware).
    """

    def reading() -> Reading | None:
        if not can_ask_ahead(force.store.connection):
            return None
        limit = force.policy.rules.search.budget_ms if force.in_time else None
        small, large = _questions(call, force, now)
        questions, columns = [one for one, _ in small] + large, [types for _, types in small]
        with asked_ahead(force.store.connection, questions, limit, columns):
            return force.policy.read(call)

    return Parts().attempt("words, with questions sent ahead", reading, None)


def _questions(
    call: Call, force: Force, now: datetime
) -> tuple[list[tuple[Question, Columns]], list[Question]]:
    """Return what is asked of one row or two, which goes as one, and what is asked besides."""
    small: list[tuple[Question, Columns]] = [(calls.current_asked([call.ref]), calls.CURRENT_COLUMNS)]
    large: list[Question] = []
    if "repeat" not in force.switched_off:
        people, place = sought(call, victims_of(call))
        small.append((force.history.standing_asked(call.ref, call.received_at, now), STANDING_COLUMNS))
        if keys := asked_by(people, place):
            latest = until(call.received_at, now)
            large.append(force.history.candidates_asked(keys, call.ref, latest, now))
    if "priorities" not in force.switched_off:
        small.append((reference.LAST_CHANGE_ASKED, reference.LAST_CHANGE_COLUMNS))
    return small, large
