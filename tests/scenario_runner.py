"""Runs acceptance scenarios in this process: a store with history, flags and priorities, then the call."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from everycall.call import read_call
from everycall.flag import read_flag
from everycall.force import Force, Policy, load_policy
from everycall.loading.files import load_priorities
from everycall.policy.load import pack_directory
from everycall.priorities import read_priorities
from everycall.store import calls, reference, words
from everycall.store.store import Store
from everycall.store.writing import writing
from everycall.taking import take_call

KNOWN = datetime(2026, 1, 1, tzinfo=UTC)
"""From when on the stores of these tests know their history; nothing here reads a clock."""

NOW = datetime(2027, 1, 1, tzinfo=UTC)
"""When assessments are made."""

PACK = "england_and_wales"

Data = dict[str, Any]


@cache
def policy() -> Policy:
    """The default policy, read once."""
    return load_policy(pack_directory(PACK))


def empty_store(folder: Path) -> Path:
    """Make one empty store, to be copied: migrating anew for every scenario would take longer than all of them."""
    path = folder / "empty.db"
    Store.create(str(path), PACK).close()
    return path


def force_at(path: Path, empty: Path) -> Force:
    """Return a force with a fresh store of its own."""
    shutil.copy(empty, path)
    return Force(Store(str(path)), policy())


def take_history(force: Force, history: Sequence[Data]) -> None:
    """Take earlier calls and read their logs, as an import does."""
    connection = force.store.connection
    read = [read_call(one).call for one in history]
    with writing(connection):
        taken = {one.ref: one.version_id for one in calls.take(connection, read, KNOWN)}
        readings = [(taken[call.ref], force.policy.read(call)) for call in read]
        words.keep(connection, readings, force.policy.lexicon.sha256, KNOWN)


def assess(force: Force, scenario: Data) -> Data:
    """Fill the store as the scenario says and return the assessment of its call, as JSON."""
    connection = force.store.connection
    take_history(force, scenario.get("history", []))
    with writing(connection):
        reference.take_flags(connection, [read_flag(flag) for flag in scenario.get("flags", [])], KNOWN)
        for same, pairs in ((True, scenario.get("same", [])), (False, scenario.get("different", []))):
            for one, other in pairs:
                reference.say_same(connection, one, other, same, "a test", KNOWN)
    if scenario.get("priorities"):
        load_priorities(read_priorities(scenario["priorities"], "priorities", None), force, KNOWN)
    return again(force, scenario["call"])


def again(force: Force, call: Data) -> Data:
    """Assess one call more in the same store."""
    made: Data = json.loads(take_call(read_call(call), force, NOW).body)
    return made


def found_at(document: Any, path: str) -> list[Any]:
    """Return what stands at ``a.b``, ``list[].field``, ``list[?k=v&k2=v2].field`` or ``list.length``."""
    values = [document]
    for part in re.findall(r"[^.\[\]]+(?:\[[^\]]*\])?", path):
        name, _, selector = part.partition("[")
        chosen = "[" in part
        following: list[Any] = []
        for value in values:
            if name == "length" and isinstance(value, list):
                following.append(len(value))
            elif isinstance(value, dict) and name in value:
                inside = value[name]
                if chosen:
                    wanted = _wanted(selector)
                    following += [i for i in inside or [] if all(str(i.get(k)) == w for k, w in wanted)]
                else:
                    following.append(inside)
        values = following
    return values


def _wanted(selector: str) -> list[tuple[str, str]]:
    told = selector.rstrip("]").lstrip("?")
    return [(k, v) for k, _, v in (pair.partition("=") for pair in told.split("&"))] if told else []


def broken(expect: Sequence[Mapping[str, Any]], document: Data) -> list[str]:
    """Return the conditions that do not hold, with what was found."""
    told = []
    for condition in expect:
        values = found_at(document, condition["path"]) if "path" in condition else []
        one = values[0] if len(values) == 1 else values
        part = condition.get("path", "").split("[")[0]
        holds = {
            "is": lambda want, one=one: one == want,
            "in": lambda want, one=one: one in want,
            "at_least": lambda want, one=one: isinstance(one, int | float) and one >= want,
            "at_most": lambda want, one=one: isinstance(one, int | float) and one <= want,
            "has": lambda want, values=values: want in values,
            "has_not": lambda want, values=values, part=part: (
                bool(found_at(document, part)) and want not in values
            ),
            "nowhere": lambda want: str(want) not in json.dumps(document, ensure_ascii=False),
        }
        (kind,) = set(condition) - {"path"}
        if not holds[kind](condition[kind]):
            told.append(f"{dict(condition)} but found {str(one)[:300]}")
    return told
