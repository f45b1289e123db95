"""The pages on identity and questions name what the code and the pack have, so that they cannot fall behind."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from everycall.identity import keys
from everycall.identity.rules import Search
from scenario_runner import policy

DOCS = Path(__file__).parents[2] / "docs"
IDENTITY = (DOCS / "identity.md").read_text("utf-8")
QUESTIONS = (DOCS / "questions.md").read_text("utf-8")


def test_every_kind_of_key_is_on_the_page() -> None:
    kinds = set(re.findall(r'f"(\w+)\|', inspect.getsource(keys)))
    assert len(kinds) >= 9
    assert {kind for kind in kinds if f"`{kind}`" not in IDENTITY} == set()


def test_every_limit_of_the_search_is_on_the_page() -> None:
    assert {name for name in Search.model_fields if name not in IDENTITY} == set()


def test_the_core_questions_are_on_the_page_in_their_order() -> None:
    core = [question.code for question in policy().questions.question if question.core]
    places = [QUESTIONS.index(f"`{code}`", QUESTIONS.index("The core")) for code in core]
    assert places == sorted(places)
