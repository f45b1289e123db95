"""A force of several neighbourhoods is the same bytes in however many processes, and adds up."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_force import UNTIL, bytes_of, read_rows

from everycall.demo import extent
from everycall.demo.force import make_force, read_lines

CALLS = 1_000


@pytest.fixture
def small_neighbourhoods(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extent, "CALLS_PER_BLOCK", 300)


@pytest.mark.usefixtures("small_neighbourhoods")
def test_processes_do_not_change_a_byte_and_calls_are_in_order_of_time(tmp_path: Path) -> None:
    one = make_force(CALLS, 5, tmp_path / "one", UNTIL, processes=1)
    two = make_force(CALLS, 5, tmp_path / "two", UNTIL, processes=2)
    assert one == two
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    calls = list(read_lines(tmp_path / "one" / "calls.jsonl"))
    assert len(calls) == CALLS
    refs = [call["ref"] for call in calls]
    assert len({ref.partition("-")[0] for ref in refs}) == 5  # four neighbourhoods and the planted situations
    assert len(set(refs)) == CALLS
    times = [row["Date/Time"] for row in read_rows(tmp_path / "one" / "calls.csv")]
    assert times == [_table(call["received_at"]) for call in calls]
    people = [row["person_id"] for row in read_rows(tmp_path / "one" / "truth" / "people.csv")]
    assert len(set(people)) == len(people)
    assert not (tmp_path / "one" / ".parts").exists()


def test_shares_of_calls_add_up_however_many_neighbourhoods(tmp_path: Path) -> None:
    for calls in (200, 5_001, 123_457, 10_000_000):
        work = extent.jobs(calls, 1, UNTIL, None, None, (), tmp_path, planted=50)
        assert sum(job.calls for job in work) + 50 == calls
        assert len(work) <= 400
        ends = [job.first_home + job.homes for job in work]
        assert [job.first_home for job in work] == [0, *ends[:-1]]


def _table(iso: str) -> str:
    return f"{iso[8:10]}/{iso[5:7]}/{iso[:4]} {iso[11:19]}"
