"""A server that is told to stop while it starts its processes, or while they work, stops and leaves none of them."""

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


ENDED_BY_ITSELF = """
import os, signal, time
from everycall.serving import processes

wait, known = os.wait, []

def told_meanwhile():
    ended = wait()
    if not known:
        known.append(ended)
        os.kill(os.getpid(), signal.SIGTERM)  # one has ended, and is still noted as running
    return ended

os.wait = told_meanwhile
processes.run(2, lambda number: time.sleep(600 * number))
print("stopped")
"""


def test_one_that_has_just_ended_by_itself_keeps_no_other_from_hearing_of_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDED_BY_ITSELF], capture_output=True, text=True, timeout=300
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "stopped\n", "")


WORKS_BESIDE = """
import logging, time
from everycall.errors import StoreError
from everycall.serving import beside, processes

def in_a_transaction(ground):
    print("works", flush=True)
    try:
        time.sleep(600)
    except BaseException as error:
        raise StoreError("it could not be undone") from error

beside.bring_back, beside.send = in_a_transaction, lambda ground: None
processes.run(1, lambda number: time.sleep(600), [lambda: beside.work_beside(None)])
"""


def test_work_beside_that_is_told_to_stop_is_not_tried_again() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WORKS_BESIDE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "works\n"
        process.terminate()
        out, told = process.communicate(timeout=300)
    assert (process.returncode, out, told) == (0, "", "")
