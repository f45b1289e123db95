"""The comparisons as Splink settings: the same levels as the live search and the sweep, from the same SQL."""

from __future__ import annotations

import re
from typing import Any

from everycall.identity.model import LEVELS
from everycall.sweep.levels import BESIDE, LEVEL_OF

_ONE_CALL = "CASE WHEN a.{0} = b.{0} THEN 'same' WHEN a.{0} <> b.{0} THEN 'different' END"

FIELDS = {
    "forename": LEVEL_OF["forename"],
    "surname": LEVEL_OF["surname"],
    "born": f"CASE WHEN a.born IS NOT NULL AND b.born IS NOT NULL THEN {LEVEL_OF['born']} END",
    "age": f"CASE WHEN a.born IS NULL OR b.born IS NULL THEN {LEVEL_OF['born']} END",
    "phone": _ONE_CALL.format("phone"),
    "email": _ONE_CALL.format("email"),
    **{field: LEVEL_OF[field] for field in ("address", *BESIDE)},
}
"""Each comparison. Birth dates and stated ages are two: a pair can be judged by one of them only, and the shares of
each add up to one by themselves."""

LEVELS_OF = {
    **{field: LEVELS[field] for field in FIELDS if field in LEVELS},
    "born": ("same", "swapped", "one_digit", "two_parts", "different"),
    "age": ("age", "age_differs"),
}


def sql_of(field: str) -> str:
    """Return the level of a pair of records in Splink's form: columns of the left one end in ``_l``."""
    text = FIELDS[field]
    # names told in another order are one event in two fields, and keep their default: not asked for here
    text = text.replace("o.level", "CAST(NULL AS VARCHAR)")
    text = text.replace("f.level", "forename_level(a.given, b.given)")
    text = text.replace("t.level", "street_level(a.street, b.street)")
    text = text.replace("c.level", "postcode_level(a.postcode, b.postcode)")
    text = text.replace("h.level", "house_level(a.house, b.house)")
    text = text.replace("s.level", "surname_level(a.surname, b.surname)")
    text = re.sub(r"\ba\.(\w+)", r'"\1_l"', text)
    return re.sub(r"\bb\.(\w+)", r'"\1_r"', text)


def splink_settings(chance: float, blocking: tuple[str, ...]) -> dict[str, Any]:
    """Return the settings; the last level of each comparison is what none of the others holds for.

    Parameters
    ----------
    chance
        That two records are of one human.
    blocking
        Rules, in Splink's form, that bring pairs together.
    """
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "n",
        "probability_two_random_records_match": chance,
        "retain_matching_columns": False,
        "blocking_rules_to_generate_predictions": list(blocking),
        "comparisons": [_comparison(field) for field in FIELDS],
    }


def _comparison(field: str) -> dict[str, Any]:
    sql = sql_of(field)
    levels: list[dict[str, Any]] = [
        {"sql_condition": f"({sql}) IS NULL", "label_for_charts": "missing", "is_null_level": True}
    ]
    for level in LEVELS_OF[field][:-1]:
        levels.append({"sql_condition": f"({sql}) = '{level}'", "label_for_charts": level})
    levels.append({"sql_condition": "ELSE", "label_for_charts": LEVELS_OF[field][-1]})
    return {"output_column_name": field, "comparison_levels": levels}
