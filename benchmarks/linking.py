"""Link a whole history and hold it to the truth: our model, one trained on it, and Splink by its own defaults.

``python -m benchmarks.linking STORE TRUTH.jsonl`` prints one JSON; ``--shipped`` leaves out the model trained on it,
which takes long at a million calls, and ``--memory GB`` says what DuckDB may use for all of it. All see the same rows
in normal form, in this process, one after another; seconds of wall clock and of processor stand side by side, since a
machine may be shared.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.machine import memory_mib
from everycall.errors import InputError
from everycall.force import Force
from everycall.identity.artefact import seal, unseal
from everycall.localtime import LONDON, local_date
from everycall.sweep.duckdb_engine import DuckDB
from everycall.sweep.history import bring
from everycall.sweep.linking import persons, score_history
from everycall.training.train import train
from everycall.uncollected import uncollected

THRESHOLDS = (0.95, 0.999, 0.99999, 0.9999999)
"""At which Splink's pairs are joined: .95 is the usual one, the others look for a precision like ours."""


class Laps:
    """Seconds of each step: of the clock and of the processor."""

    def __init__(self) -> None:
        self.seconds: dict[str, tuple[float, float]] = {}
        self._from = perf_counter(), process_time()

    def lap(self, name: str) -> None:
        """Note what has passed since the last step."""
        now = perf_counter(), process_time()
        self.seconds[name] = tuple(round(b - a, 1) for a, b in zip(self._from, now, strict=True))  # type: ignore[assignment]
        self._from = now


def agreement(true: list[str | None], found: list[int]) -> dict[str, Any]:
    """Return precision and recall over pairs of mentions, and how large the largest person is."""
    known = [(t, f) for t, f in zip(true, found, strict=True) if t is not None]

    def pairs(values: Any) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(values).values())

    both, ours, truth = pairs(known), pairs(f for _, f in known), pairs(t for t, _ in known)
    return {
        "precision": round(both / max(ours, 1), 5),
        "recall": round(both / max(truth, 1), 5),
        "persons": len({f for _, f in known}),
        "true persons": len({t for t, _ in known}),
        "largest": max(Counter(f for _, f in known).values()),
    }


def truth_of(engine: DuckDB, file: str) -> list[str | None]:
    """Return the true person of each mention, in the engine's order."""
    true: dict[tuple[str, str], str] = {}
    with Path(file).open(encoding="utf-8") as lines:
        for line in lines:
            call = json.loads(line)
            true |= {(call["ref"], which): person for which, person in call["mentions"].items()}
    rows = engine.get("SELECT ref, which FROM mention ORDER BY n").to_pylist()
    return [true.get((row["ref"], row["which"])) for row in rows]


def splink_by_its_own(engine: DuckDB, true: list[str | None]) -> dict[str, Any]:
    """Link the same rows as Splink's tutorial would: its comparisons, six blocking rules, components."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    laps = Laps()
    rules = [
        block_on("forename", "surname"), block_on("surname", "born"), block_on("forename", "born"),
        block_on("phone"), block_on("surname", "postcode"), block_on("forename", "dwelling"),
    ]  # fmt: skip
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="n",
        blocking_rules_to_generate_predictions=rules,
        comparisons=[
            cl.NameComparison("forename").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("born", input_is_string=True),
            cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
            cl.PostcodeComparison("postcode"),
            cl.ExactMatch("dwelling").configure(term_frequency_adjustments=True),
        ],
    )
    engine.make(
        "stated",
        "SELECT n, forename, surname, born, phone, CASE WHEN NOT supposed THEN postcode END AS postcode, "
        "CASE WHEN NOT supposed THEN dwelling END AS dwelling FROM mention",
    )
    linker = Linker(DuckDBAPI(engine.connection).register("stated"), settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match(rules[:3], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("forename", "surname"), block_on("born")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    laps.lap("train")
    predicted = linker.inference.predict(threshold_match_probability=0.5)
    laps.lap("predict")
    told: dict[str, Any] = {"seconds": laps.seconds}
    for threshold in THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold)
        laps.lap(f"cluster {threshold}")
        rows = engine.get(f"SELECT n, cluster_id FROM {clusters.physical_name} ORDER BY n").to_pylist()
        told[f"at {threshold}"] = agreement(true, [row["cluster_id"] for row in rows])
    return told


def main(arguments: list[str] | None = None) -> None:
    """Measure."""
    asked = ArgumentParser(description=__doc__)
    asked.add_argument("store")
    asked.add_argument("truth")
    asked.add_argument("--shipped", action="store_true")
    asked.add_argument("--memory", type=float, default=2.0)
    told_to = asked.parse_args(arguments)
    force, laps = Force.open(told_to.store), Laps()
    limits, today = force.policy.rules.search, local_date(datetime(2026, 6, 12, tzinfo=LONDON))
    told: dict[str, Any] = {}
    with closing(DuckDB(told_to.memory)) as engine, uncollected():  # as the command does; Splink has it too
        bring(engine, force.store.connection, limits, today)
        laps.lap("read the store")
        true = truth_of(engine, told_to.truth)
        told |= {"mentions": len(true), "read the store": laps.seconds["read the store"]}
        model = force.model
        for name in ("model in use", "model trained on it")[: 1 if told_to.shipped else 2]:
            laps = Laps()
            if name == "model trained on it":
                try:
                    made = train(engine, model, limits, "of a benchmark", 1_000_000, 1)
                except InputError as error:  # a small history is refused: then there is none
                    told[name] = {"none": str(error)}
                    continue
                model = unseal(seal(made.data), "the model just made")
                laps.lap("train")
            score_history(engine, model, limits, every_level=False)
            laps.lap("candidates and weights")
            found = persons(engine, limits).leader[1:].tolist()
            laps.lap("persons")
            told[name] = {"seconds": laps.seconds, **agreement(true, found)}
        told["Splink by its own defaults"] = splink_by_its_own(engine, true)
    told["memory MiB"] = memory_mib()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
