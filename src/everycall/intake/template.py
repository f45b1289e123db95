"""How a call gets a ref when the file has none: a template filled from the row."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

from everycall.errors import Problems

OWN_WORDS = ("row", "date", "fingerprint")
"""Row number from 1; local day of receipt as 20240612; the first 16 hex digits of the row's SHA-256."""

_WIDTH = re.compile(r"0?[1-9]\d?")


@dataclass(frozen=True, slots=True)
class Template:
    """A template in parts: the text before, what is filled in, and the width to fill it to with zeros."""

    text: str
    parts: tuple[tuple[str, str | None, int], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return what is filled in, in order."""
        return tuple(name for _, name, _ in self.parts if name is not None)

    def fill(self, values: dict[str, str]) -> str:
        """Return the ref for one row; ``values`` holds every name."""
        return "".join(
            before + ("" if name is None else values[name].zfill(width)) for before, name, width in self.parts
        )


def read_template(text: str, where: str, problems: Problems) -> Template | None:
    """Read a template like ``MC-{row:06}`` or ``{date}-{SERIAL:04}``; add what is wrong with it."""
    before = len(problems)
    parts: list[tuple[str, str | None, int]] = []
    try:
        for literal, name, width, conversion in string.Formatter().parse(text):
            if name is None:
                parts.append((literal, None, 0))
                continue
            if not name or conversion or (width and not _WIDTH.fullmatch(width)):
                problems.add(where, f"'{{{name}}}' is not like {{row:06}}, {{date}} or {{A COLUMN:04}}")
                continue
            parts.append((literal, name, int(width or 0)))
    except ValueError:
        problems.add(where, "a brace is not closed; write it like 'MC-{row:06}'")
    if len(problems) > before:
        return None
    if not any(name for _, name, _ in parts):
        problems.add(where, "names nothing of the row, so every call would have the same ref")
        return None
    return Template(text, tuple(parts))
