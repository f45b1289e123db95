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
    load(path, FACTS, problems, policy().indicators.by_name)
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
        ('hints = ["targeted"]', 'hints = ["targetted"]', "did you mean 'targeted'?"),
        ('hints = ["open_case"]', 'hints = ["open_cases"]', "did you mean 'open_case'?"),
        ("You rang on {day}", "You rang on {date}", "nothing can stand for '{date}' here, write day only"),
        ("You rang on {day}", "You rang on {day", "a brace has no partner"),
        ("about {notes}. Is", "about {notes.x}. Is", "nothing can stand for '{notes.x}' here"),
        ('text_sources = ["webchat"', 'text_sources = ["web"', "'web'"),
        ('pregnancy = "a baby', 'pregnant = "a baby', "did you mean 'pregnancy'?"),
        ('indicators = ["domestic_abuse"', 'indicators = ["domestic"', "domestic_abuse"),
        ("[question.ways]\nchild", "[question.ways]\nchlid", "chlid"),
        ("safe_contact_known =", "safe_contact =", "safe_contact"),
    ],
)
def test_what_is_wrong_is_named(file: Path, old: str, new: str, expected: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    assert expected in told(file)


def test_a_pack_of_before_there_were_ways_can_still_be_read(file: Path) -> None:
    kept = [line for line in file.read_text("utf-8").splitlines() if line.startswith(("most", "in_an"))]
    for question in policy().questions.question:
        kept += ["[[question]]", f'code = "{question.code}"', 'text = "Is it so?"', 'why = "Because"']
    file.write_text("\n".join(kept), "utf-8")
    assert told(file) == ""
