"""A server that is told to stop while it starts its processes stops, and leaves none of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

TOLD_AT_ITS_START = """
import os, signal, time
from everycall.serving import processes

fork, started = os.fork, 0

def told_after_some():
    global started
    child = fork()
    if child:
        started += 1
        if started == {after}:
            os.kill(os.getpid(), signal.SIGTERM)  # before the parent has noted this child
    return child

os.fork = told_after_some
processes.run(2, lambda number: time.sleep(600))
print(started)
"""


@pytest.mark.parametrize("after", [1, 2])
def test_each_child_hears_of_it_and_no_more_are_started(after: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TOLD_AT_ITS_START.format(after=after)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0
    assert done.stdout == f"{after}\n"
