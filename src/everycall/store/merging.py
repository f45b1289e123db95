"""A call told again: newer facts are added or replace older ones; silence takes nothing back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from everycall.call import Call

Path = tuple[str, ...]
"""Where a fact stands in a call, from the outside in."""


def payload_of(call: Call) -> str:
    """Return a call's facts as JSON with sorted keys: the same facts make the same text."""
    facts = call.model_dump(mode="json", exclude_defaults=True, exclude={"monitoring"})
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def facts_sha256(payload: str) -> str:
    """Return the hash by which a call told again with the same facts is known."""
    return sha256_of(payload.encode("utf-8", "surrogatepass"))


def sha256_of(payload: bytes) -> str:
    """Return the same of a payload in UTF-8."""
    return sha256(payload).hexdigest()


def merge(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return ``old`` with the facts of ``new``.

    Nulls and empty lists in ``new`` say nothing and leave what was known; log lines are added, and are the
    same line when time, author and text are; other lists are replaced.
    """
    merged = dict(old)
    for key, value in new.items():
        if value is None or value in ([], {}, ()):
            continue
        if key == "log":
            merged["log"] = _lines(old.get("log", []), value)
        elif isinstance(value, dict) and isinstance(old.get(key), dict):
            merged[key] = merge(old[key], value)
        else:
            merged[key] = value
    return merged


def _lines(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen = {(line.get("at"), line.get("by"), line["text"]) for line in old}
    return old + [line for line in new if (line.get("at"), line.get("by"), line["text"]) not in seen]


def without(facts: dict[str, Any], paths: Iterable[Path]) -> dict[str, Any]:
    """Return ``facts`` without those at ``paths``; one that is not there is no mistake."""
    told = dict(facts)
    for path in paths:
        inner = told
        for name in path[:-1]:
            if not isinstance(inner.get(name), dict):
                break
            inner[name] = dict(inner[name])
            inner = inner[name]
        else:
            inner.pop(path[-1], None)
    return told
