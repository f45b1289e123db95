"""The tables of names and words load strictly, and tell a common surname from a distinctive one."""

from __future__ import annotations

from pathlib import Path

import pytest

from everycall.errors import InputError
from everycall.identity.normalise import frequencies
from everycall.identity.normalise.frequencies import forename_share, is_distinctive, surname_share


@pytest.mark.parametrize("surname", ["SMITH", "JONES", "PATEL", "KHAN", "SINGH", "KAUR", "BEGUM", "HUSSAIN"])
def test_common_surnames_are_not_distinctive(surname: str) -> None:
    assert not is_distinctive(surname)


@pytest.mark.parametrize("surname", ["PECK", "ODUYA", "NGUYEN", "SMITH JONES", "FARRADAY"])
def test_rare_surnames_are(surname: str) -> None:
    assert is_distinctive(surname)


def test_shares_are_shares() -> None:
    assert 0.01 < surname_share("SMITH") < 0.02
    assert 0 < surname_share("ZZYZX") < surname_share("PECK") < surname_share("SMITH")
    assert 0 < forename_share("ZZYZX") < forename_share("MAUREEN") < forename_share("DAVID")


def test_every_problem_of_a_table_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bad.csv").write_text("name,per_100_000\nSmith,5\nJONES,many\nKHAN,-1\nKHAN,2\n")
    monkeypatch.setattr(frequencies, "files", lambda _: tmp_path)
    with pytest.raises(InputError) as raised:
        frequencies._shares("bad.csv")
    assert [problem.where for problem in raised.value.details] == [
        "bad.csv:2",
        "bad.csv:3",
        "bad.csv:4",
        "bad.csv:5",
    ]
