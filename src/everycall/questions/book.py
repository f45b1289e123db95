"""The questions a pack may ask, read from ``questions.toml``."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

from pydantic import Field

from everycall import codes
from everycall.errors import Problems, not_allowed
from everycall.strict import Data, read_toml

LOCATION = "location"
"""The one question that is not answered in ``answers``: it is known when the call has a position or place."""


class Question(Data):
    """One question, with what its answer settles."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    text: Annotated[str, Field(min_length=5)]
    why: Annotated[str, Field(min_length=5)]
    core: bool = False
    always: bool = False
    settles: tuple[str, ...] = ()
    harm: str | None = None


class Questions(Data):
    """Everything in ``questions.toml``, in the order one talks."""

    most: Annotated[int, Field(ge=1, le=12)]
    in_an_emergency: Annotated[int, Field(ge=1, le=12)]
    question: tuple[Question, ...]


def load(path: Path, facts: Collection[str], problems: Problems) -> Questions | None:
    """Read ``questions.toml``; on any problem add it and return None.

    Parameters
    ----------
    facts
        The facts of the same pack, which ``settles`` may name.
    """
    questions = read_toml(path, Questions, problems)
    if questions is None:
        return None
    seen: set[str] = set()
    for question in questions.question:
        where = f"{path.name} question {question.code}"
        if question.code in seen:
            problems.add(where, "stands twice")
        seen.add(question.code)
        if question.code != LOCATION and question.code not in codes.answers():
            problems.add(where, not_allowed(question.code, [*codes.answers(), LOCATION]))
        for fact in question.settles:
            if facts and fact not in facts:
                problems.add(f"{where} settles", not_allowed(fact, facts))
    for needed in ("safe_to_talk", "happened_before", "personal_circumstances"):
        if needed not in seen:
            problems.add(path.name, f"the question '{needed}' must be there: every victim is asked")
    return questions
