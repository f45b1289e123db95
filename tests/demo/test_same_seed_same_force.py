"""The same seed gives the same bytes, whatever Python's hash seed; another seed gives another force."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from made_force import UNTIL, bytes_of

from everycall.demo.extent import FEWEST
from everycall.demo.force import make_force
from everycall.errors import InputError


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    one = make_force(300, 5, tmp_path / "one", UNTIL)
    other = make_force(300, 5, tmp_path / "other", UNTIL)
    assert one == other
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "other")
    assert set(one.files) == {name for name in bytes_of(tmp_path / "one") if not name.startswith("feed/")}


def test_the_same_moment_in_another_zone_gives_the_same_bytes(tmp_path: Path) -> None:
    make_force(300, 5, tmp_path / "one", UNTIL)
    make_force(300, 5, tmp_path / "other", UNTIL.astimezone(UTC))
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "other")


def test_no_order_of_a_set_reaches_the_files(tmp_path: Path) -> None:
    program = (
        "import sys; from datetime import datetime; from pathlib import Path\n"
        "from everycall.demo.force import make_force\n"
        "make_force(300, 5, Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))\n"
    )
    for hash_seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / hash_seed), UNTIL.isoformat()],
            env={"PYTHONHASHSEED": hash_seed, "PATH": ""},
            check=True,
        )
    assert bytes_of(tmp_path / "1") == bytes_of(tmp_path / "2")


def test_another_seed_gives_other_calls(tmp_path: Path) -> None:
    make_force(300, 5, tmp_path / "one", UNTIL)
    make_force(300, 6, tmp_path / "other", UNTIL)
    assert bytes_of(tmp_path / "one")["calls.jsonl"] != bytes_of(tmp_path / "other")["calls.jsonl"]


def test_too_few_calls_and_a_time_without_a_zone_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        make_force(FEWEST - 1, 5, tmp_path / "out", datetime(2026, 6, 12))
    assert {problem.where for problem in refused.value.details} == {"calls", "until"}
    assert not (tmp_path / "out").exists()
