"""Loading a policy pack: all its files strictly, all problems told at once."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from everycall.errors import PackError, Problem, Problems, not_allowed
from everycall.policy.decide import Compiled, compile_rows
from everycall.policy.factbook import FactBook, read_facts
from everycall.policy.grades import read_grades
from everycall.policy.pack import Pack, read_about
from everycall.policy.rationale import read_scheme
from everycall.policy.rows import (
    ACTIONS_FILE,
    GRADES_FILE,
    RESOURCES_FILE,
    GradeRow,
    read_action_rows,
    read_grade_rows,
    read_resource_rows,
)

DEFAULT: Final = "england_and_wales"

FILES: Final = (
    "pack.toml",
    "facts.toml",
    "grades.toml",
    GRADES_FILE,
    ACTIONS_FILE,
    RESOURCES_FILE,
    "rationale.toml",
)
"""The files that this room reads when a pack is loaded; ``cases.toml`` is read by a check only."""

_PACKS: Final = Path(__file__).parent / "packs"


def default_directory() -> Path:
    """Return the directory of the pack that comes with Everycall."""
    return _PACKS / DEFAULT


def pack_directory(name_or_path: str | Path) -> Path:
    """Return the directory of a pack: one that comes with Everycall by its name, else a force's by its path.

    Raises
    ------
    PackError
        When there is neither.
    """
    ours = {path.name: path for path in _PACKS.iterdir() if (path / "pack.toml").is_file()}
    if str(name_or_path) in ours:
        return ours[str(name_or_path)]
    path = Path(name_or_path)
    if path.is_dir():
        return path
    problem = Problem(
        path.name,
        f"is no directory, and no pack of that name comes with Everycall: {not_allowed(path.name, ours)}",
    )
    raise PackError("there is no such policy pack", [problem])


def fingerprint(directory: Path) -> str:
    """Return the SHA-256 over the names and contents of all files of a pack, in the order of their names.

    Hidden files and directories are left out: an editor's leavings are no policy.
    """
    digest = hashlib.sha256()
    for path in sorted(directory.iterdir(), key=lambda path: path.name):
        if path.is_file() and not path.name.startswith("."):
            content = path.read_bytes()
            digest.update(f"{path.name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def load(directory: Path, problems: Problems | None = None) -> Pack:
    """Load a policy pack.

    Parameters
    ----------
    directory
        Holds ``pack.toml``, ``facts.toml``, ``grades.toml``, ``grades.csv``, ``actions.csv`` and
        ``resources.csv`` and ``rationale.toml``; what else is in it belongs to other rooms.
    problems
        Where the problems of other rooms' files were gathered before, so that all are told together.

    Raises
    ------
    PackError
        With every problem of every file.
    """
    found = Problems() if problems is None else problems
    if not directory.is_dir():
        found.add(directory.name, "is no directory")
        found.raise_if_any("the policy pack cannot be used", PackError)
    about = read_about(directory, found)
    facts = read_facts(directory, found)
    grades = read_grades(directory, facts, found)
    scheme = read_scheme(directory, facts, found)
    if facts is None or grades is None:
        # The tables cannot be read without the names they use; say so, so that nobody takes them for checked.
        for file in (GRADES_FILE, ACTIONS_FILE, RESOURCES_FILE):
            found.add(file, "is not checked until facts.toml and grades.toml are right")
        raise PackError("the policy pack cannot be used", found)
    rows = read_grade_rows(directory, facts, grades, found)
    rules = tuple(dict.fromkeys(row.rule for row in rows))
    actions = read_action_rows(directory, facts, grades, rules, found)
    resources = read_resource_rows(directory, facts, grades, rules, found)
    found.raise_if_any("the policy pack cannot be used", PackError)
    compiled = compile_rows(rows, grades, len(facts.facts))
    _some_row_always_holds(facts, rows, compiled, found)
    found.raise_if_any("the policy pack cannot be used", PackError)
    if about is None or scheme is None:  # cannot be: their problems were raised just above
        raise PackError("the policy pack cannot be used")
    return Pack(
        about=about,
        directory=directory,
        sha256=fingerprint(directory),
        facts=facts,
        grades=grades,
        rows=rows,
        actions=actions,
        resources=resources,
        scheme=scheme,
        compiled=compiled,
    )


def _some_row_always_holds(
    facts: FactBook, rows: tuple[GradeRow, ...], compiled: Compiled, problems: Problems
) -> None:
    last = rows[-1]
    if not (last.conditions.tested() or last.open or last.floor_only):
        return
    # Only a table without a last row for everything else needs the search, so only then is it imported.
    from everycall.policy.prove import Table, in_words, uncovered

    gap = uncovered(Table(facts, rows, compiled))
    if gap is not None:
        problems.add(
            GRADES_FILE, f"no row holds {in_words(facts, gap)}; end with a row that has no conditions"
        )
