"""How the questions of one call are to be asked: of a child, through an interpreter, by text."""

from __future__ import annotations

from everycall.assessment import Vulnerability
from everycall.call import Call, Party
from everycall.localtime import age_on, local_date
from everycall.questions.book import Questions
from everycall.questions.confirm import Told

CHILD_UNDER = 18
"""Whole years (contract, "Settled")."""

_HERE = frozenset({"log", "details", "flag", "history"})
_SPEAKING = frozenset({"caller", "victim", "unknown"})


def ways_of(questions: Questions, call: Call, vulnerability: Vulnerability, told: Told) -> tuple[str, ...]:
    """Return the ways that apply, of ``child``, ``interpreter`` and ``text``; none for a plain call.

    A child speaks where the caller's age says so, or where a victim who is a child rings themselves. A call
    needs an interpreter where a line to one is open or a language barrier was found, however weakly. A caller
    writes by the call's source, or where the words tell of silence or of somebody who listens.
    """
    found = {one.indicator for one in vulnerability.findings if one.who in _SPEAKING and one.source in _HERE
             and one.assertion in ("present", "possible")}  # fmt: skip
    ways = []
    if _is_child(call, "child_victim" in found):
        ways.append("child")
    if call.language_line or "language_barrier" in found:
        ways.append("interpreter")
    silent = questions.control is not None and not told.said.isdisjoint(questions.control.words)
    if call.source in questions.text_sources or silent:
        ways.append("text")
    return tuple(ways)


def age_known(call: Call) -> bool:
    """Return whether the age of everybody it happens to is known, so that none is asked for."""
    people = call.victims or ((call.caller,) if call.caller else ())
    return bool(people) and all(one.age is not None or one.date_of_birth is not None for one in people)


def _is_child(call: Call, child_found: bool) -> bool:
    caller = call.caller
    if caller is not None and _age(caller, call) is not None:
        return (_age(caller, call) or 0) < CHILD_UNDER
    return child_found and not call.victims and (caller is None or caller.role in (None, "victim"))


def _age(party: Party, call: Call) -> int | None:
    if party.date_of_birth is not None:
        return age_on(party.date_of_birth, local_date(call.received_at))
    return party.age
