"""What coded behaviours say: which are minor, and which facts they make yes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from everycall.assessment import Truth
from everycall.errors import Problems
from everycall.policy.behaviours import FILE, load
from everycall.policy.load import pack_directory
from scenario_runner import PACK, policy

BEHAVIOURS = policy().behaviours


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), Truth.YES),
        (("noise",), Truth.NO),
        (("noise", "litter"), Truth.NO),
        (("noise", "threats"), Truth.YES),
        (("never_heard_of",), Truth.YES),
    ],
)
def test_more_than_minor(given: tuple[str, ...], expected: Truth) -> None:
    assert BEHAVIOURS.more_than_minor(given) is expected


def test_one_behaviour_more_never_takes_a_fact_away() -> None:
    for fact, coded in BEHAVIOURS.says.items():
        assert all(fact in BEHAVIOURS.facts([one, "noise"]) for one in coded)


def test_an_unknown_code_is_told(tmp_path: Path) -> None:
    path = Path(shutil.copy(pack_directory(PACK) / FILE, tmp_path / FILE))
    path.write_text(path.read_text("utf-8").replace('"noise"', '"noisse"', 1), "utf-8")
    problems = Problems()
    load(path, set(), problems)
    assert any("noisse" in problem.problem for problem in problems)
