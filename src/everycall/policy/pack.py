"""A policy pack: everything one force decides by, loaded and ready."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from everycall.errors import Problems
from everycall.policy.decide import Compiled
from everycall.policy.factbook import Code, FactBook, Words
from everycall.policy.grades import Grades
from everycall.policy.rationale import Scheme
from everycall.policy.rows import ActionRow, GradeRow, ResourceRow
from everycall.strict import Data, read_toml

FILE: Final = "pack.toml"


class About(Data):
    """What a pack is, from ``pack.toml``."""

    name: Code
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+-]*$", max_length=40)]
    description: Words
    jurisdiction: Words


@dataclass(frozen=True, slots=True)
class Pack:
    """One force's policy.

    Parameters
    ----------
    about
        Name, version, description, jurisdiction.
    directory
        Where it was read; other rooms read their own files there.
    sha256
        Over the names and contents of all its files, so that an assessment can be made again with the same.
    facts, grades, rows, actions, resources, scheme
        What the files say.
    compiled
        The grade table made ready for `decide`.
    """

    about: About
    directory: Path
    sha256: str
    facts: FactBook
    grades: Grades
    rows: tuple[GradeRow, ...]
    actions: tuple[ActionRow, ...]
    resources: tuple[ResourceRow, ...]
    scheme: Scheme
    compiled: Compiled

    @property
    def name(self) -> str:
        """Return the pack's name."""
        return self.about.name

    @property
    def version(self) -> str:
        """Return the pack's version."""
        return self.about.version


def read_about(directory: Path, problems: Problems) -> About | None:
    """Read ``pack.toml``; add every problem to ``problems`` and return None when there is one."""
    return read_toml(directory / FILE, About, problems)
