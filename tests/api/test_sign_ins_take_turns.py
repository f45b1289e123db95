"""A hash costs on purpose: of many who sign in at once one is looked at, one waits, the others try again."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from everycall.accounts import signing_in


def test_one_is_looked_at_one_waits_and_the_others_are_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def looked_at(*_: object) -> str:
        begun.set()
        go_on.wait(120)
        return "somebody"

    monkeypatch.setattr(signing_in, "_sign_in", looked_at)
    monkeypatch.setattr(signing_in, "_waited_at", float("-inf"))
    monkeypatch.setattr(signing_in, "_WAIT_SECONDS", 600.0)

    def sign_in() -> str:
        return str(signing_in.sign_in(None, "a", "b", None))  # type: ignore[arg-type]

    with ThreadPoolExecutor(2) as people:
        first = people.submit(sign_in)
        assert begun.wait(120)
        second = people.submit(sign_in)
        while signing_in._waited_at == float("-inf"):
            time.sleep(0.001)
        for _ in range(50):
            with pytest.raises(signing_in.SignInBusyError):
                sign_in()
        go_on.set()
        assert (first.result(), second.result()) == ("somebody", "somebody")
    assert sign_in() == "somebody"
