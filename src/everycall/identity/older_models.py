"""Models of before a level was told apart: the new level weighs there as the one it was part of."""

from __future__ import annotations

from typing import Any

FORMAT = 4
"""Which form of model this Everycall writes; 2 and 3 are read too."""
READ = (2, 3, FORMAT)

_TOLD_APART_SINCE_3 = {("address", "same_number"): ("dwelling", 0.02)}
_TOLD_APART_SINCE_2 = {
    ("address", "slip"): ("different", 0.00005),
    ("address", "elsewhere"): ("different", 0.00002),
    ("address", "neighbour"): ("different", 0.0003),
    ("address", "other_street"): ("different", 0.00004),
}
"""Which level of an older format each was part of, and what part of it; m and u shrink alike: the weight stays."""


def brought_up_to_date(data: dict[str, Any]) -> dict[str, Any]:
    """Return a model of format 2 or 3 with every level there is now; one of the format of today as it is."""
    comparisons, form = data.get("comparisons"), data.get("format", 2)
    if form not in (2, 3) or not isinstance(comparisons, dict):
        return data
    since = _TOLD_APART_SINCE_3 | (_TOLD_APART_SINCE_2 if form == 2 else {})
    found = {name: dict(levels) for name, levels in comparisons.items() if isinstance(levels, dict)}
    for (field, level), (whole, part) in since.items():
        before = found.get(field, {}).get(whole, {})
        if isinstance(before.get("m"), float) and isinstance(before.get("u"), float):
            found[field].setdefault(level, {**before, "m": before["m"] * part, "u": before["u"] * part})
    return {**data, "comparisons": found}
