"""Making the past again: every recorded assessment, with what was known then, under the same or another policy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from everycall.call import read_call
from everycall.errors import PackError
from everycall.force import Force, model_named
from everycall.localtime import LONDON, with_offset
from everycall.store.assessments import call_at
from everycall.triage import assess

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
_VOLATILE = frozenset({"assessed_at", "took_ms", "made_with"})


@dataclass(frozen=True, slots=True)
class Replayed:
    """One assessment made again: the paths at which it differs, with what was recorded and what is found now.

    ``model_gone``: the identity model it was made with was not kept, and the one in use took its place.
    """

    ref: str
    link: int
    differs: Mapping[str, tuple[Any, Any]]
    call_gone: bool = False
    model_gone: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        differs = {path: {"was": was, "is": now} for path, (was, now) in self.differs.items()}
        found = {"call_ref": self.ref, "link": self.link, "differs": differs}
        return {**found, "model_gone": True} if self.model_gone else found


def replay(recorded: Iterable[tuple[str, int, dict[str, Any]]], force: Force) -> Iterator[Replayed]:
    """Make recorded assessments (call, link, body) again, each as of its own time and with the model of that day."""
    forces: dict[str, Force | None] = {}
    for ref, link, body in recorded:
        payload = call_at(force.store.connection, ref, body["version"])
        if payload is None:
            yield Replayed(ref, link, {}, call_gone=True)
            continue
        then = datetime.fromisoformat(body["assessed_at"]).astimezone(LONDON)
        named = body["made_with"]["identity_model"]
        if named not in forces:
            forces[named] = _force_of(named, force)
        of_the_day = forces[named]
        again = assess(read_call(payload), of_the_day or force, then, body["version"]).assessment
        differs = dict(_differences("", _with_offsets(body), again.model_dump(mode="json", by_alias=True)))
        yield Replayed(ref, link, differs, model_gone=of_the_day is None)


def _force_of(named: str, force: Force) -> Force | None:
    """Return the force with the model that assessments name; None where it cannot be had any more."""
    try:
        model = model_named(force.store, named)
    except PackError:
        return None  # kept, but in a form this Everycall no longer reads: told of each assessment
    return None if model is None else replace(force, model=model)


def _differences(path: str, was: Any, now: Any) -> Iterator[tuple[str, tuple[Any, Any]]]:
    if isinstance(was, dict) and isinstance(now, dict):
        for key in sorted(set(was) | set(now)):
            if path == "" and (key in _VOLATILE or key not in was):
                continue  # also what no assessment had yet when this one was recorded
            yield from _differences(f"{path}.{key}".lstrip("."), was.get(key), now.get(key))
    elif was != now:
        yield path, (was, now)


def _with_offsets(told: Any) -> Any:
    """Return what was recorded with every moment as it is written now: some were recorded with ``Z`` in winter."""
    if isinstance(told, dict):
        return {key: _with_offsets(one) for key, one in told.items()}
    if isinstance(told, list):
        return [_with_offsets(one) for one in told]
    return with_offset(told) if isinstance(told, str) and _MOMENT.fullmatch(told) else told
