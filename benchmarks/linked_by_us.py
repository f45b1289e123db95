"""Our sweep's linking of the rows of `benchmarks.linked_rows`: candidates, weights and persons, in a process alone.

``python -m benchmarks.linked_by_us STORE FOLDER``; ``--trained`` links with a model trained on the rows first.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path

from benchmarks.linked_rows import Laps, agreement, load
from benchmarks.machine import memory_mib
from everycall.errors import InputError
from everycall.force import Force
from everycall.identity.artefact import seal, unseal
from everycall.sweep.duckdb_engine import DuckDB
from everycall.sweep.linking import persons, score_history
from everycall.uncollected import uncollected


def main(arguments: list[str] | None = None) -> None:
    """Measure."""
    asked = ArgumentParser(description=__doc__)
    asked.add_argument("store")
    asked.add_argument("folder", type=Path)
    asked.add_argument("--trained", action="store_true")
    asked.add_argument("--memory", type=float, default=1.0)
    told_to = asked.parse_args(arguments)
    force = Force.open(told_to.store)
    limits, model = force.policy.rules.search, force.model
    with closing(DuckDB(told_to.memory)) as engine, uncollected():  # as the command does
        load(engine, told_to.folder)
        laps = Laps()
        if told_to.trained:
            from everycall.training.train import train

            try:
                made = train(engine, model, limits, "of a benchmark", 1_000_000, 1)
            except InputError as error:  # a small history is refused: then there is none
                print(json.dumps({"none": str(error)}))
                return
            model = unseal(seal(made.data), "the model just made")
            laps.lap("train")
        score_history(engine, model, limits, every_level=False)
        laps.lap("candidates and weights")
        found = persons(engine, limits).leader[1:].tolist()
        laps.lap("persons")
        memory = memory_mib()
    print(json.dumps({"seconds": laps.seconds, "memory MiB": memory, **agreement(told_to.folder, found)}))


if __name__ == "__main__":
    main()
