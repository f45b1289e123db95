"""A pack's questions are read strictly: what cannot be asked, or is missing, is told with what is allowed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from everycall.errors import Problems
from everycall.policy.load import pack_directory
from everycall.questions.book import load
from scenario_runner import PACK, policy

FACTS = {fact.name for fact in policy().pack.facts.facts}


def told(path: Path) -> str:
    problems = Problems()
    load(path, FACTS, problems)
    return " / ".join(f"{p.where}: {p.problem}" for p in problems)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(pack_directory(PACK) / "questions.toml", tmp_path / "questions.toml"))


def test_the_shipped_questions_can_be_asked(file: Path) -> None:
    assert told(file) == ""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('code = "happened_before"', 'code = "happend_before"', "happend_before"),
        ('settles = ["threat_made"]', 'settles = ["threat_maid"]', "threat_made"),
        ('code = "personal_circumstances"', 'code = "targeted"', "stands twice"),
        ('code = "safe_to_talk"', 'code = "language"', "'safe_to_talk' must be there"),
        ("most = 6", "most = 0", "most"),
        ("most = 6", "moost = 6", "moost"),
        ('code = "impact"', "code = 3", "code"),
    ],
)
def test_what_is_wrong_is_named(file: Path, old: str, new: str, expected: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    assert expected in told(file)
