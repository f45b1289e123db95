"""A call that names no handler is taken by nobody in particular: no account, whatever its name, sees it as its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from everycall.access.roles import sees
from everycall.access.viewer import Viewer

NOW = datetime(2026, 6, 12, 12, tzinfo=UTC)


@pytest.mark.parametrize("call", [{"handler": None}, {}])
def test_an_account_named_none_does_not_see_it_in_full(call: dict[str, None]) -> None:
    closed = {"status": "closed", "received_at": "2026-06-01T12:00:00+01:00"}
    others = sees(Viewer("none", "handler"), {**closed, **call}, NOW)
    own = sees(Viewer("none", "handler"), {**closed, "handler": "None"}, NOW)
    assert others is not None
    assert not others.full
    assert own is not None
    assert own.full
