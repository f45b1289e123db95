"""``identity train``, ``use``, ``persons`` and ``pairs`` as commands: files, exits, refusals."""

from __future__ import annotations

import csv
import importlib.util
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import build
import command
from command import run
from everycall.force import Force
from everycall.identity.artefact import seal
from everycall.identity.model import LEVELS, shipped_model


@pytest.fixture
def history(sqlite_store: str, tmp_path: Path) -> str:
    calls = [
        build.facts("C1", "2026-01-05T12:00:00+00:00"),
        build.facts("C2", "2026-02-05T12:00:00+00:00", caller=build.MAUREEN | {"name": "Mo Peck"}),
        build.facts("C3", "2026-03-05T12:00:00+00:00", caller={"name": "Dean Foss", "phone": "07700 900444"}),
    ]
    assert (
        run("import", "calls", command.written(tmp_path / "c.jsonl", *calls), "--store", sqlite_store).exit
        == 0
    )
    return sqlite_store


def model_file(path: Path, **changes: Any) -> Path:
    shipped = shipped_model()
    comparisons = {
        field: {
            name: {"m": shipped.levels[field][name].m, "u": shipped.levels[field][name].u} for name in names
        }
        for field, names in LEVELS.items()
    }
    data = {"name": "of a test", "comparisons": comparisons, "unlisted_share": shipped.unlisted_share}
    path.write_text(seal(data), "utf-8")
    if changes:
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")
    return path


def test_a_history_too_small_is_refused_and_the_model_in_use_stays(history: str) -> None:
    refused = run("identity", "train", "--store", history)
    assert refused.exit == 2
    assert "too small" in refused.err
    assert Force.open(history).model is shipped_model()


def test_a_model_from_a_file_is_used_named_and_left_again(history: str, tmp_path: Path) -> None:
    assert run("identity", "use", model_file(tmp_path / "m.json"), "--store", history).exit == 0
    force = Force.open(history)
    assert force.model.name == "of a test"
    assert force.made_with().identity_model.startswith("of a test ")
    assert run("identity", "use", "shipped", "--store", history).exit == 0
    assert Force.open(history).model is shipped_model()


@pytest.mark.parametrize("changes", [{"name": "another"}, {"format": 1}], ids=["altered", "another format"])
def test_an_altered_or_foreign_model_is_refused(
    history: str, tmp_path: Path, changes: dict[str, Any]
) -> None:
    refused = run("identity", "use", model_file(tmp_path / "m.json", **changes), "--store", history)
    assert refused.exit == 2
    assert "m.json" in refused.err
    assert Force.open(history).model is shipped_model()


def test_what_is_no_text_is_refused_as_a_model(history: str, tmp_path: Path) -> None:
    (tmp_path / "m.json").write_bytes(b"\xff\xfe\x00{")
    refused = run("identity", "use", tmp_path / "m.json", "--store", history)
    assert (refused.exit, refused.err) == (
        2,
        "error: the identity model cannot be used\n  m.json: is not UTF-8 text\n",
    )


def test_persons_are_written_as_csv_and_parquet_alike(history: str, tmp_path: Path) -> None:
    for name in ("persons.csv", "persons.parquet"):
        assert run("identity", "persons", tmp_path / name, "--store", history).exit == 0
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    rows = list(csv.DictReader((tmp_path / "persons.csv").read_text("utf-8").splitlines()))
    assert pq.read_table(tmp_path / "persons.parquet").to_pylist() == rows
    assert list(rows[0]) == ["ref", "mention", "person_id", "household_id", "place_id"]
    person = {row["ref"]: row["person_id"] for row in rows}
    assert person["C1"] == person["C2"] != person["C3"]
    assert len({row["place_id"] for row in rows}) == 1


def test_pairs_are_written_with_weight_probability_and_tier(history: str, tmp_path: Path) -> None:
    assert run("identity", "pairs", tmp_path / "pairs.csv", "--store", history).exit == 0
    pairs = list(csv.DictReader((tmp_path / "pairs.csv").read_text("utf-8").splitlines()))
    assert [(pair["ref_a"], pair["ref_b"]) for pair in pairs if pair["tier"] == "person"] == [("C2", "C1")]
    for pair in pairs:
        assert float(pair["probability"]) == pytest.approx(1 / (1 + 2 ** -float(pair["weight"])))
    likely = tmp_path / "likely.csv"
    assert run("identity", "pairs", likely, "--at-least", "0.5", "--store", history).exit == 0
    assert len(likely.read_text("utf-8").splitlines()) == 2


def test_a_file_of_another_kind_is_refused_before_anything_is_done(history: str, tmp_path: Path) -> None:
    refused = run("identity", "persons", tmp_path / "persons.xlsx", "--store", history)
    assert refused.exit == 2
    assert ".csv or .parquet" in refused.err
    assert not list(tmp_path.glob("persons*"))


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_a_missing_engine_says_what_to_install(
    history: str, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    missing = {"duckdb": "duckdb", "spark": "pyspark"}[engine]
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else found(name))
    refused = run("sweep", "--engine", engine, "--store", history)
    assert refused.exit == 2
    assert "pip install 'everycall[" in refused.err


def test_why_two_calls_are_about_one_human(history: str, tmp_path: Path) -> None:
    told = run("identity", "why", "C1", "C2", "--svg", tmp_path / "drawn", "--store", history)
    assert told.only["why"][1].startswith("forename: nickname (")
    assert told.only["probability"] > 0.99
    assert (tmp_path / "drawn" / "caller-caller.svg").read_text("utf-8").startswith("<svg ")
    assert run("identity", "why", "C1", "NONE", "--store", history).exit == 2
