"""The questions a pack may ask, read from ``questions.toml``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import Annotated

from pydantic import Field

from everycall import codes
from everycall.errors import Problems, not_allowed
from everycall.questions.hints import HINTS
from everycall.strict import Data, read_toml

LOCATION = "location"
"""The one question that is not answered in ``answers``: it is known when the call has a position or place."""

CIRCUMSTANCES = "personal_circumstances"
HAPPENED_BEFORE = "happened_before"
PLACEHOLDERS = {(CIRCUMSTANCES, "confirm_said"): "notes", (CIRCUMSTANCES, "confirm_before"): "notes",
                (HAPPENED_BEFORE, "confirm_before"): "day"}  # fmt: skip
"""Which words to confirm have a place for something known: the notes in plain words, the day of the last call."""

Said = Annotated[str, Field(min_length=5)]


class Ways(Data):
    """How to ask a question of a child, through an interpreter, and by text (web chat, or a caller in silence)."""

    child: Said
    interpreter: Said
    text: Said


class Question(Data):
    """One question, with what its answer settles.

    Parameters
    ----------
    text_age_known
        Said instead of ``text`` where the victim's age is known.
    only_yes
        No answer makes a fact that it settles a no: the first time told is no proof that there was none before.
    hints
        Indicators that, found in any strength, are told already; beside the facts that it settles.
    confirm_said, confirm_no, confirm_before
        The words to confirm what this call tells of, what it says is not so, and what an earlier call told.
    """

    code: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    text: Said
    text_age_known: Said | None = None
    why: Said
    core: bool = False
    always: bool = False
    settles: tuple[str, ...] = ()
    harm: str | None = None
    only_yes: bool = False
    hints: tuple[str, ...] = ()
    confirm_said: Said | None = None
    confirm_no: Said | None = None
    confirm_before: Said | None = None
    ways: Ways | None = None

    @cached_property
    def about(self) -> frozenset[str]:
        """What, if it is told of, tells of the answer."""
        return frozenset({*self.hints, *self.settles})


class Control(Data):
    """Signs that somebody controls the caller, and why it is then asked first whether they can talk."""

    why: Said
    indicators: tuple[str, ...]
    words: tuple[str, ...]
    flags: tuple[str, ...]


class NotSafe(Data):
    """What to do where it is not safe to talk, instead of asking."""

    always: tuple[Said, ...]
    safe_contact_known: Said
    safe_contact_unknown: Said


class Questions(Data):
    """Everything in ``questions.toml``, in the order one talks.

    Parameters
    ----------
    text_sources
        The sources of a call whose caller writes.
    notes
        Indicators that may be read out for confirmation, each in plain words. What is not here never is.
    """

    most: Annotated[int, Field(ge=1, le=12)]
    in_an_emergency: Annotated[int, Field(ge=1, le=12)]
    text_sources: tuple[str, ...] = ()
    notes: Mapping[str, str] = Field(default_factory=dict)
    control: Control | None = None
    not_safe: NotSafe | None = None
    question: tuple[Question, ...]


def load(
    path: Path, facts: Collection[str], problems: Problems, indicators: Collection[str] | None = None
) -> Questions | None:
    """Read ``questions.toml``; on any problem add it and return None.

    Parameters
    ----------
    facts
        The facts of the same pack, which ``settles`` may name.
    indicators
        The indicators of the same pack, which may hint at an answer; not checked when not given.
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
        if facts:
            _known(f"{where} settles", question.settles, facts, problems)
        if question.harm is not None:
            _known(f"{where} harm", (question.harm,), codes.answers(), problems)
        if indicators is not None:
            _known(f"{where} hints", question.hints, [*indicators, *HINTS], problems)
        _placeholders(where, question, problems)
    for needed in ("safe_to_talk", HAPPENED_BEFORE, CIRCUMSTANCES):
        if needed not in seen:
            problems.add(path.name, f"the question '{needed}' must be there: every victim is asked")
    _known(f"{path.name} text_sources", questions.text_sources, codes.allowed("source"), problems)
    if indicators is not None:
        _known(f"{path.name} notes", questions.notes, indicators, problems)
        if questions.control is not None:
            _known(f"{path.name} control.indicators", questions.control.indicators, indicators, problems)
    return questions


def _known(where: str, names: Collection[str], allowed: Collection[str], problems: Problems) -> None:
    for name in names:
        if name not in allowed:
            problems.add(where, not_allowed(name, allowed))


def _placeholders(where: str, question: Question, problems: Problems) -> None:
    for key in ("confirm_said", "confirm_no", "confirm_before"):
        text: str | None = getattr(question, key)
        if text is None:
            continue
        allowed = PLACEHOLDERS.get((question.code, key))
        try:
            found = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
        except ValueError:
            problems.add(f"{where} {key}", "a brace has no partner")
            continue
        for name in found:
            if name != allowed:
                problems.add(
                    f"{where} {key}",
                    f"nothing can stand for '{{{name}}}' here, write {allowed or 'words'} only",
                )
