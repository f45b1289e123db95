"""Models of before a level was told apart: the new level weighs there as the one it was part of."""

from __future__ import annotations

from itertools import chain
from typing import Any

_TOLD_APART_SINCE = {
    2: {
        ("address", "slip"): ("different", 0.00005),
        ("address", "elsewhere"): ("different", 0.00002),
        ("address", "neighbour"): ("different", 0.0003),
        ("address", "other_street"): ("different", 0.00004),
    },
    3: {("address", "same_number"): ("dwelling", 0.02)},
}
"""By older format, the levels told apart since: which level each was part of there, and what part of it; m and u shrink
alike, so that the weight stays."""
_COMPARED_SINCE = {4: ("town", "town_by_postcode", "house_name", "house_name_by_number")}
"""By older format, the fields compared since: there they hold for one human as often as for two, and weigh nothing."""
_WEIGHS_NOTHING = {"m": 0.5, "u": 0.5}
FORMAT = 5
"""Which form of model this Everycall writes; the older ones above are read too."""
READ = (*_TOLD_APART_SINCE, *_COMPARED_SINCE, FORMAT)


def brought_up_to_date(data: dict[str, Any]) -> dict[str, Any]:
    """Return a model of an older format with every level there is now; any other as it is."""
    comparisons, form = data.get("comparisons"), data.get("format", 2)
    if form == FORMAT or form not in READ or not isinstance(comparisons, dict):
        return data
    since = chain.from_iterable(told.items() for older, told in _TOLD_APART_SINCE.items() if older >= form)
    found = {name: dict(levels) for name, levels in comparisons.items() if isinstance(levels, dict)}
    for (field, level), (whole, part) in since:
        before = found.get(field, {}).get(whole, {})
        if isinstance(before.get("m"), float) and isinstance(before.get("u"), float):
            found[field].setdefault(level, {**before, "m": before["m"] * part, "u": before["u"] * part})
    for older, fields in _COMPARED_SINCE.items():
        if older >= form:
            found |= {field: {"same": _WEIGHS_NOTHING, "different": _WEIGHS_NOTHING} for field in fields}
    return {**data, "comparisons": found}
