"""Link a whole history and hold it to the truth: our model, one trained on it, and Splink by its own defaults.

``python -m benchmarks.linking STORE TRUTH.jsonl`` prints one JSON; ``--shipped`` leaves out the model trained on it,
which takes long at a million calls. All see the same rows in normal form, from files, each in a process of its own
whose memory is its own, in turns (``--turns``); seconds of wall clock and of processor stand side by side, since a
machine may be shared. Splink is trained once for the same rows and versions; its model is kept in the system's
temporary folder.
"""

from __future__ import annotations

import json
import tempfile
from argparse import ArgumentParser
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import linked_by_splink
from benchmarks.apart import apart

_ROUND_ABOUT = 4
"""Splink's training may take so many times the memory that its linking may."""


def trained(folder: Path, rows: str, memory: float) -> tuple[Path, dict[str, Any] | None]:
    """Return the file of Splink's model for these rows, and what its training cost if it was not there yet."""
    way = "without term frequencies"
    asked = (
        rows,
        way,
        version("splink"),
        version("duckdb"),
        linked_by_splink.SEED,
        linked_by_splink.untrained(),
    )
    settings = json.dumps(asked[-1].create_settings_dict("duckdb"), sort_keys=True, default=str)
    key = blake2b(repr((*asked[:-1], settings)).encode(), digest_size=8).hexdigest()
    model = Path(tempfile.gettempdir()) / "everycall-benchmarks" / f"splink-{key}.json"
    if model.exists():
        return model, None
    model.parent.mkdir(exist_ok=True)
    return model, apart("linked_by_splink", folder, model, "--train", "--memory", memory * _ROUND_ABOUT)


def main(arguments: list[str] | None = None) -> None:
    """Measure."""
    asked = ArgumentParser(description=__doc__)
    asked.add_argument("store")
    asked.add_argument("truth")
    asked.add_argument("--shipped", action="store_true")
    asked.add_argument("--turns", type=int, default=1)
    asked.add_argument("--memory", type=float, default=1.0, help="gigabytes DuckDB may use for our sweep")
    asked.add_argument("--memory-splink", type=float, default=2.0, help="and for Splink")
    asked.add_argument(
        "--model", type=Path, help="Splink's model, as trained on a smaller history of the same force"
    )
    told_to = asked.parse_args(arguments)
    ours, theirs = ("--memory", told_to.memory), ("--memory", told_to.memory_splink)
    with tempfile.TemporaryDirectory(prefix="everycall-bench-") as name:
        folder = Path(name)
        told: dict[str, Any] = {
            "read the store": apart("linked_rows", told_to.store, told_to.truth, folder, *ours)
        }
        model, training = told_to.model, None
        if model is None:
            model, training = trained(folder, told["read the store"]["rows"], told_to.memory_splink)
        if training:
            told["Splink's training"] = training
        if not told_to.shipped:
            told["model trained on it"] = apart("linked_by_us", told_to.store, folder, "--trained", *ours)
        for turn in range(told_to.turns):
            of_turn = f", turn {turn + 1}" if told_to.turns > 1 else ""
            told["model in use" + of_turn] = apart("linked_by_us", told_to.store, folder, *ours)
            told["Splink by its own defaults" + of_turn] = apart("linked_by_splink", folder, model, *theirs)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
