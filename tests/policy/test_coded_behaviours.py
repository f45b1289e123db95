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


def test_a_suggested_fact_that_is_none_is_told(tmp_path: Path) -> None:
    path = Path(shutil.copy(pack_directory(PACK) / FILE, tmp_path / FILE))
    path.write_text(path.read_text("utf-8").replace("violence_used =", "violence_usd =", 1), "utf-8")
    problems = Problems()
    load(path, policy().pack.facts.index, problems)
    assert [problem.where for problem in problems] == [f"{FILE} suggests.violence_usd"]


def test_a_pack_without_suggestions_suggests_nothing(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text('minor = ["noise"]\n[says]\n', "utf-8")
    read = load(path, set(), Problems())
    assert read is not None
    assert read.suggested(["assault", "fire_setting"]) == set()
