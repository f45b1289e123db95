"""The file of priorities: opened and decoded here, understood by `everycall.priorities`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from everycall.intake.json_file import read_json
from everycall.priorities.priority import Priority
from everycall.priorities.reading import read_priorities


def read_priority_file(path: Path, known_area_ids: Collection[str] | None = None) -> list[Priority]:
    """Return the priorities of a JSON or GeoJSON file; those of data.police.uk come as drafts.

    Parameters
    ----------
    known_area_ids
        The areas a priority may name; None: any.

    Raises
    ------
    InputError
        With every problem, named by file, priority and key.
    """
    data, _ = read_json(path)
    return read_priorities(data, path.name, known_area_ids)
