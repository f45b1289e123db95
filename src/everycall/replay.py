"""Making the past again: every recorded assessment, with what was known then, under the same or another policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from everycall.call import read_call
from everycall.force import Force
from everycall.localtime import LONDON
from everycall.store.assessments import call_at
from everycall.triage import assess

_VOLATILE = frozenset({"assessed_at", "took_ms", "made_with"})


@dataclass(frozen=True, slots=True)
class Replayed:
    """One assessment made again: the paths at which it differs, with what was recorded and what is found now."""

    ref: str
    link: int
    differs: Mapping[str, tuple[Any, Any]]
    call_gone: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        differs = {path: {"was": was, "is": now} for path, (was, now) in self.differs.items()}
        return {"call_ref": self.ref, "link": self.link, "differs": differs}


def replay(recorded: Iterable[tuple[str, int, dict[str, Any]]], force: Force) -> Iterator[Replayed]:
    """Make recorded assessments (call, link, body) again, each as of its own time."""
    for ref, link, body in recorded:
        payload = call_at(force.store.connection, ref, body["version"])
        if payload is None:
            yield Replayed(ref, link, {}, call_gone=True)
            continue
        then = datetime.fromisoformat(body["assessed_at"]).astimezone(LONDON)
        again = assess(read_call(payload), force, then, body["version"]).assessment
        yield Replayed(ref, link, dict(_differences("", body, again.model_dump(mode="json", by_alias=True))))


def _differences(path: str, was: Any, now: Any) -> Iterator[tuple[str, tuple[Any, Any]]]:
    if isinstance(was, dict) and isinstance(now, dict):
        for key in sorted(set(was) | set(now)):
            if not (path == "" and key in _VOLATILE):
                yield from _differences(f"{path}.{key}".lstrip("."), was.get(key), now.get(key))
    elif was != now:
        yield path, (was, now)
