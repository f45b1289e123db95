"""Splink by its own defaults on the rows of `benchmarks.linked_rows`: trained once, then predict and cluster alone.

``python -m benchmarks.linked_by_splink FOLDER MODEL.json`` links with a trained model; ``--train`` trains and keeps it
first, and does no more. Its comparisons and six blocking rules are those of its tutorial.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.linked_rows import Laps, agreement, load
from benchmarks.machine import memory_mib
from everycall.sweep.duckdb_engine import DuckDB
from everycall.uncollected import uncollected

THRESHOLDS = (0.95, 0.999, 0.99999, 0.9999999, 0.999999999)
"""At which Splink's pairs are joined: .95 is the usual one, the others look for a precision like ours."""
SEED = 1
RULES = [
    block_on("forename", "surname"), block_on("surname", "born"), block_on("forename", "born"),
    block_on("phone"), block_on("surname", "postcode"), block_on("forename", "dwelling"),
]  # fmt: skip


def untrained() -> SettingsCreator:
    """Return what is compared and blocked."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="n",
        blocking_rules_to_generate_predictions=RULES,
        comparisons=[
            cl.NameComparison("forename").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("born", input_is_string=True),
            cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
            cl.PostcodeComparison("postcode"),
            cl.ExactMatch("dwelling").configure(term_frequency_adjustments=True),
        ],
    )


def _linker(engine: DuckDB, settings: Any) -> Linker:
    engine.make(
        "stated",
        "SELECT n, forename, surname, born, phone, CASE WHEN NOT supposed THEN postcode END AS postcode, "
        "CASE WHEN NOT supposed THEN dwelling END AS dwelling FROM mention",
    )
    for name in ("mention", "mention_key"):  # ours lets them go too
        engine.drop(name)
    return Linker(DuckDBAPI(engine.connection).register("stated"), settings, log_level="ERROR")


def train(engine: DuckDB, model: Path) -> dict[str, Any]:
    """Train on all rows, and keep the model in a file.

    In Splink's faster way, which leaves term frequencies out of the training alone: at 100,000 calls it took a third of
    the time, and precision and recall were the same at every limit.
    """
    laps, linker = Laps(), _linker(engine, untrained())
    linker.training.estimate_probability_two_random_records_match(RULES[:3], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=SEED)
    for rule in (block_on("forename", "surname"), block_on("born")):
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True
        )
    laps.lap("train")
    beside = model.with_name(model.name + ".part")
    linker.misc.save_model_to_json(str(beside), overwrite=True)
    beside.replace(model)
    return {"seconds": laps.seconds, "memory MiB": memory_mib()}


def link(engine: DuckDB, model: Path, folder: Path) -> dict[str, Any]:
    """Predict and cluster, once a threshold."""
    linker = _linker(engine, str(model))
    laps = Laps()
    predicted = linker.inference.predict(threshold_match_probability=0.5)
    laps.lap("predict")
    told: dict[str, Any] = {"seconds": laps.seconds}
    for threshold in THRESHOLDS:
        laps.lap("between")
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold)
        laps.lap(f"cluster {threshold}")
        told.setdefault("memory MiB", memory_mib())
        found = engine.get(f"SELECT cluster_id FROM {clusters.physical_name} ORDER BY n").column("cluster_id")
        told[f"at {threshold}"] = agreement(folder, found.to_pylist())
    del laps.seconds["between"]
    return told


def main(arguments: list[str] | None = None) -> None:
    """Measure."""
    asked = ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("model", type=Path)
    asked.add_argument("--train", action="store_true")
    asked.add_argument("--memory", type=float, default=2.0)
    told_to = asked.parse_args(arguments)
    with closing(DuckDB(told_to.memory)) as engine, uncollected():
        load(engine, told_to.folder)
        told = train(engine, told_to.model) if told_to.train else link(engine, told_to.model, told_to.folder)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
