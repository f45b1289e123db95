"""The file of areas (beats, wards, neighbourhoods): opened here, understood by `everycall.priorities`."""

from __future__ import annotations

from pathlib import Path

from everycall.intake.json_file import read_json
from everycall.priorities.areas import Area, read_areas


def read_area_file(path: Path, id_field: str, name_field: str) -> list[Area]:
    """Return the areas of a GeoJSON file, in its order.

    Parameters
    ----------
    id_field, name_field
        The properties of a feature that hold its id and its name, for instance ``WD25CD`` and ``WD25NM``.

    Raises
    ------
    InputError
        With every problem, named by file and feature.
    """
    data, _ = read_json(path)
    return read_areas(data, id_field, name_field, path.name)
