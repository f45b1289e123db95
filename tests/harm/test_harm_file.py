"""The matrix of harm is read strictly, with every problem told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from everycall.errors import PackError, Problems
from everycall.harm.matrix import default_path, load

TEXT = default_path().read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("medium = 12", "medium = 24", "medium must begin below high"),
        ("medium = 12", "middle = 12", "unknown key 'middle'"),
        ('code = "linked"', 'code = "frequency"', "this code stands twice"),
        ('code = "linked"', 'code = "earlier_incidents"', "this code stands twice"),
        ("answers.how_often", "answers.how_oft", "did you mean 'how_often'?"),
        ("weekly = 3", "weakly = 3", "did you mean 'weekly'?"),
        ("weekly = 3", "refused = 3", "'refused' can give no points"),
        ("getting_worse = { yes = 2 }", "getting_worse = { no = 2 }", "'no' can give no points"),
        ("weekly = 3", "weekly = -3", "how_often.weekly"),
        ("weekly = 3", 'weekly = "3"', "how_often.weekly"),
        ("carried = true", 'carried = "true"', "carried"),
        ("from = 10", 'from = "10"', "from"),
        ("answers.getting_worse", "answers.how_often", "'how_often' already gives points in frequency"),
        ("findings = { targeted = 3 }", "findings = { pregnancy = 3 }", "'pregnancy' already gives points"),
        ("findings = { targeted = 3 }", "findings = { target = 3 }", "did you mean 'targeted'?"),
        ("facts = { threat_made = 4", "facts = { threats_made = 4", "did you mean 'threat_made'?"),
        ('band = "high"', 'band = "very high"', "overrides.0.band"),
        ('answers = ["hate"]', 'answers = ["hates"]', "did you mean 'hate'?"),
        ('facts = ["fire"]', 'facts = ["fires"]', "did you mean 'fire'?"),
        ("facts = { hate = 3 }", "facts = { targeted = 3 }", "'targeted' already gives points in targeted"),
        ("[parts.heard.how_often]", "[parts.heard.how_oft]", "did you mean 'how_often'?"),
        ("weekly = [\n", "weakly = [\n", "did you mean 'weekly'?"),
        ('"daily|nightly"', '"daily (or nightly)"', "is no term"),
        ('"daily|nightly"', '"daily?"', "is no term"),
        ("from = 10", "from = 5", "stands twice"),
        ("points = 10", "points = 4", "more incidents give fewer points"),
    ],
)
def test_a_broken_file_is_refused_in_words(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in TEXT
    path = tmp_path / "harm.toml"
    path.write_text(TEXT.replace(old, new, 1), "utf-8")
    problems = Problems()
    matrix = load(path, problems, indicators=INDICATORS, facts=FACTS)
    assert matrix is None
    assert any(told in str(problem) for problem in problems), [str(p) for p in problems]
    assert all(problem.where.startswith("harm.toml") for problem in problems)


WHOLE = load(default_path())
assert WHOLE is not None
INDICATORS = {name for part in WHOLE.parts for name in part.findings}
FACTS = {f for part in WHOLE.parts for f in part.facts} | {f for o in WHOLE.overrides for f in o.facts}


def test_without_a_list_of_problems_it_is_raised(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        load(tmp_path / "harm.toml")
    assert caught.value.details


def test_the_order_of_incidents_in_the_file_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "harm.toml"
    text = TEXT.replace("from = 5\npoints = 5", "from = 10\npoints = 10", 1)
    head, tail = text.rsplit("from = 10\npoints = 10", 1)
    path.write_text(head + "from = 5\npoints = 5" + tail, "utf-8")
    matrix = load(path)
    assert matrix is not None
    assert [matrix.for_incidents(n) for n in (4, 5, 10)] == [0, 5, 10]
