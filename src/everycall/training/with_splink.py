"""Splink at work: u from random pairs of persons, m by expectation maximisation on pairs that share a name or birthday.

Never on pairs that share a phone or a home: there the others are family, not strangers, and what is learned
drifts until a household is one person (identity.md: 88-98 per cent of false links are of one household).
"""

from __future__ import annotations

from typing import Any

from everycall.identity.homes import house_level, postcode_level, street_level
from everycall.identity.likeness import forename_level, surname_level
from everycall.sweep.duckdb_engine import DuckDB
from everycall.training.comparisons import LEVELS_OF, splink_settings

MATCHED_ON = (("surname", "forename"), ("born",))
"""What the pairs share from which m is learned; a comparison learns only from pairs that do not share its field."""

Learned = dict[str, dict[str, float | None]]
"""By field and level; None for a level that was never seen."""


_FUNCTIONS = (
    ("forename_level", forename_level),
    ("surname_level", surname_level),
    ("street_level", street_level),
    ("house_level", house_level),
    ("postcode_level", postcode_level),
)


def _tell_names(engine: DuckDB) -> None:
    for name, function in _FUNCTIONS:
        engine.connection.create_function(name, function, ["VARCHAR", "VARCHAR"], "VARCHAR")


def _linker(engine: DuckDB, table: str, settings: dict[str, Any]) -> Any:
    from splink import DuckDBAPI, Linker

    api = DuckDBAPI(engine.connection)
    return Linker(api.register(table), settings, log_level="ERROR")


def random_agreement(engine: DuckDB, pairs: int, seed: int) -> Learned:
    """Return u: how often each level holds for two strangers drawn at random (``stranger``)."""
    _tell_names(engine)
    linker = _linker(engine, "stranger", splink_settings(1e-5, ()))
    linker.training.estimate_u_using_random_sampling(max_pairs=pairs, seed=seed, min_count_per_level=None)
    return _read(linker.misc.save_model_to_json(), "u_probability")


def agreement_of_one(engine: DuckDB, u: dict[str, dict[str, float]]) -> tuple[Learned, dict[str, Any]]:
    """Return m: how often each level holds for two mentions of one human (``record``), and Splink's own model."""
    from splink import block_on

    settings = splink_settings(1e-5, ())
    for comparison in settings["comparisons"]:
        for level in comparison["comparison_levels"][1:]:
            name = level["label_for_charts"]
            level["u_probability"] = u[comparison["output_column_name"]][name]
    linker = _linker(engine, "record", settings)
    for fields in MATCHED_ON:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*fields))
    model = linker.misc.save_model_to_json()
    return _read(model, "m_probability"), model


def _read(model: dict[str, Any], what: str) -> Learned:
    found: Learned = {field: dict.fromkeys(levels) for field, levels in LEVELS_OF.items()}
    for comparison in model["comparisons"]:
        for level in comparison["comparison_levels"][1:]:
            value = level.get(what)
            if isinstance(value, float):
                found[comparison["output_column_name"]][level["label_for_charts"]] = value
    return found
