"""Loading a policy pack: all its files strictly, all problems told at once."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from everycall.errors import InputError, PackError, Problem, Problems, not_allowed
from everycall.policy.decide import compile_rows
from everycall.policy.factbook import read_facts
from everycall.policy.grades import read_grades
from everycall.policy.pack import Pack, read_about
from everycall.policy.rows import (
    ACTIONS_FILE,
    GRADES_FILE,
    RESOURCES_FILE,
    read_action_rows,
    read_grade_rows,
    read_resource_rows,
)

DEFAULT: Final = "england_and_wales"

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
        ``resources.csv``; what else is in it belongs to other rooms.
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
    if facts is None or grades is None:
        # The tables cannot be read without the names they use; say so, so that nobody takes them for checked.
        for file in (GRADES_FILE, ACTIONS_FILE, RESOURCES_FILE):
            found.add(file, "is not checked until facts.toml and grades.toml are right")
        raise PackError("the policy pack cannot be used", found)
    rows = read_grade_rows(directory, facts, grades, found)
    rules = tuple(dict.fromkeys(row.rule for row in rows))
    actions = read_action_rows(directory, facts, grades, rules, found)
    resources = read_resource_rows(directory, facts, grades, rules, found)
    if rows and (rows[-1].conditions.tested() or rows[-1].open or rows[-1].floor_only):
        found.add(rows[-1].where, "the last row must hold always (no cells, not open, not floor_only)")
    found.raise_if_any("the policy pack cannot be used", PackError)
    if about is None:
        raise InputError("pack.toml was not read")  # cannot be: its problem was raised just above
    return Pack(
        about,
        directory,
        fingerprint(directory),
        facts,
        grades,
        rows,
        actions,
        resources,
        compile_rows(rows, grades, len(facts.facts)),
    )
