"""What calls have left is looked through before the next one is begun, and not while it is worked on."""

import gc
from contextlib import contextmanager

import build
from everycall.between_calls import look_for_garbage
from everycall.long_running import get_ready


@contextmanager
def looks():
    """Yield the generations that the collector looks at in a block."""
    seen = []

    def noted(phase, about):
        if phase == "start":
            seen.append(about["generation"])

    before = gc.get_threshold()
    gc.callbacks.append(noted)
    try:
        yield seen
    finally:
        gc.callbacks.remove(noted)
        gc.set_threshold(*before)


def test_it_is_looked_for_once_there_is_enough():
    with looks() as seen:
        gc.set_threshold(1_000_000)
        gc.collect(0)
        seen.clear()
        look_for_garbage()
        assert seen == []
        kept = [[] for _ in range(2_000)]
        look_for_garbage()
        assert seen == [0]
        assert len(kept) == 2_000


def test_a_call_is_worked_on_without_a_look(force):
    with looks() as seen:
        get_ready(force, build.NOW)
        seen.clear()
        kept = [[] for _ in range(2_000)]
        build.assess(force)
        assert seen == [0]
        assert len(kept) == 2_000
