"""``GET /health``: each part apart, so that one that is down does not hide the others. Nobody needs to sign in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import Router

from everycall.errors import EverycallError
from everycall.serving import ground
from everycall.store import record
from everycall.store.reading import read
from everycall.strict import Data

router = Router(tags=["health"])


class Part(Data):
    """One part: it works, or it could not look, and why."""

    status: str
    why: str | None = None


class Health(Data):
    """Everything works, or something does not: calls are answered either way."""

    status: str
    parts: dict[str, Part]


@router.get("/health", response={200: Health}, auth=None, operation_id="health")
def health(request: HttpRequest) -> Health:
    """Say of each part whether it works. The answer holds nothing of calls, people or versions."""
    parts = {name: _part(look) for name, look in _LOOKS.items()}
    ok = all(part.status == "ok" for part in parts.values())
    return Health(status="ok" if ok else "degraded", parts=parts)


def _part(look: Callable[[], Any]) -> Part:
    try:
        look()
    except EverycallError as error:
        return Part(status="could_not_look", why=error.code)
    except Exception as error:  # noqa: BLE001 - the very thing that health is for: it is told, by kind
        return Part(status="could_not_look", why=type(error).__name__)
    return Part(status="ok")


def _store() -> None:
    read(ground.force().store.connection, "SELECT 1")


def _history() -> None:
    read(ground.force().store.connection, "SELECT 1 FROM mention LIMIT 1")


def _record() -> None:
    record.last(ground.force().store.connection)


def _priorities() -> None:
    ground.force().book(ground.now())


def _policy() -> None:
    assert ground.ground().policy.pack.sha256


_LOOKS = {
    "policy": _policy,
    "store": _store,
    "history": _history,
    "record": _record,
    "priorities": _priorities,
}
