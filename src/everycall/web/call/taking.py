"""What is typed on a card is taken as the API takes it: same permissions, same log, also while the store is away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from everycall.access.viewer import Viewer
from everycall.errors import InputError, Problem
from everycall.localtime import local_date
from everycall.serving import ground, patching, taking
from everycall.told_once import read_once
from everycall.web.call.card import Card, card_of
from everycall.web.call.fields import patch_of

_MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class Typed:
    """The card after something was typed, and the fields that could not be used."""

    card: Card
    problems: tuple[Problem, ...]


def read_typed(body: bytes) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Return the changed fields and the new lines of the log from what a script of ours sent.

    Raises
    ------
    InputError
        When it is nothing of the kind.
    """
    try:
        sent = read_once(body)
        changes, lines = sent.get("changes", {}), sent.get("log", [])
        right = all(isinstance(one, str) for pair in changes.items() for one in pair)
        right = right and all(isinstance(line["text"], str) for line in lines) and len(lines) <= _MOST_LINES
    except (ValueError, AttributeError, TypeError, KeyError, RecursionError):
        right = False
    if not right:
        raise InputError("what was typed cannot be read", [Problem("", "is no change of a card")])
    return changes, [{"at": line.get("at"), "text": line["text"]} for line in lines]


def take_typed(
    ref: str,
    changes: Mapping[str, str],
    lines: Sequence[Mapping[str, Any]],
    viewer: Viewer,
    why: str | None = None,
) -> Typed:
    """Take what was typed; a field that cannot be used is told, and keeps nothing else from being taken.

    Parameters
    ----------
    changes
        By name of field what stands in it now.
    lines
        New lines of the log (``at``, ``text``); they are this viewer's.
    """
    known = patching.known(ref, viewer)
    patch, problems = patch_of(changes, known, local_date(ground.now()))
    if lines:
        now = ground.now().isoformat()
        patch["log"] = [
            {"at": line.get("at") or now, "by": viewer.name, "text": line["text"]}
            for line in lines
            if line["text"].strip()
        ]
    try:
        told = patching.patch(ref, patch, viewer, why, known)
    except InputError as error:
        wrong = _wrong(error, changes)
        if not wrong:
            raise
        rest = {name: typed for name, typed in changes.items() if name not in {one.where for one in wrong}}
        again = take_typed(ref, rest, lines, viewer, why)
        return Typed(again.card, (*problems, *wrong, *again.problems))
    return Typed(card_of(taking.see_taken(ref, told, viewer), viewer, told.sees), tuple(problems))


def _wrong(error: InputError, changes: Mapping[str, str]) -> list[Problem]:
    """Return the problems of fields that were typed now, by the name of the field."""
    wrong = []
    for one in error.details:
        where = one.where.replace("[", ".").replace("]", "")
        if where in changes:
            wrong.append(Problem(where, one.problem))
        elif where == "answers":
            wrong += [
                Problem(name, "is no answer to this") for name in changes if name.startswith("answers.")
            ]
        elif ".date_of_birth: " in one.problem:
            said = one.problem.split(".date_of_birth: ")[1]
            wrong += [Problem(name, said) for name in changes if name.endswith(".date_of_birth")]
    return wrong
