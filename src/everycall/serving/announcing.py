"""Announcing to webhooks what was served: looked up seldom, so that a call without any costs nothing."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from everycall.force import Force
from everycall.serving import ground
from everycall.store.writing import writing
from everycall.telling import webhooks
from everycall.telling.events import event
from everycall.telling.sending import send_due
from everycall.telling.webhooks import Hook

_LOOK_AGAIN_SECONDS = 5.0


def announce(
    force: Force, kind: str, ref: str, data: Mapping[str, Any], hooks: Sequence[Hook] | None = None
) -> None:
    """Let those who asked be told of something, soon.

    Parameters
    ----------
    hooks
        Who asked, where it was looked up before (`who_asked`).
    """
    if hooks is None:
        hooks = who_asked(force, kind)
    if hooks:
        now = ground.now()
        number, body = event(kind, ref, data, now)
        with writing(force.store.connection):
            webhooks.announce(force.store.connection, hooks, kind, number, body, now)


def who_asked(force: Force, kind: str) -> Sequence[Hook]:
    """Return who asked to be told of such events."""
    return [hook for hook in _hooks(force) if kind in hook.events]


def changed() -> None:
    """Look the webhooks up anew the next time."""
    ground.ground().hooks = None


def _hooks(force: Force) -> Sequence[Hook]:
    if ground.ground().modes.shadow:  # what is shown to nobody is told to no system either
        return ()
    held = ground.ground().hooks
    if held is None or time.monotonic() - held[0] > _LOOK_AGAIN_SECONDS:
        held = ground.ground().hooks = (time.monotonic(), webhooks.every(force.store.connection))
    return held[1]


def send(here: ground.Ground) -> None:
    """Send what waits to be told."""
    send_due(here.force().store.connection, here.clock())
