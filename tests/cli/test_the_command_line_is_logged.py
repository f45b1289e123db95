"""What is done at the command line to people's records stands in the processing log, as what the API does."""

from __future__ import annotations

import getpass
import hashlib
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import build
from command import run
from everycall.access.exporting import check_reasons
from everycall.access.logged import Logged, entries
from everycall.errors import InputError
from everycall.store.store import Store

ME = f"{getpass.getuser()} (command line)"


def logged(store: str, about: str | None = None) -> list[Logged]:
    with closing(Store(store)) as opened:
        return list(reversed(entries(opened.connection, about)))


def assessed(store: str, *refs: str, more: tuple[str, ...] = ()) -> None:
    for day, ref in enumerate(refs, 1):
        facts = build.facts(ref, received_at=f"2026-06-{day:02}T21:04:00+01:00")
        assert run("assess", "--store", store, *more, "-", stdin=json.dumps(facts)).exit == 0


def test_an_assessment_and_what_it_shows_of_others(store: str) -> None:
    assessed(store, "A", "B", "B")
    assert {(one.operation, one.for_call, one.by) for one in logged(store, "A")} == {
        ("collection", "A", ME),
        ("combination", "B", ME),
        ("consultation", "B", ME),
    }
    assert logged(store, "B")[0].operation == "collection"
    assert run("record", "verify", "--store", store).exit == 0


def test_a_dry_run_stores_nothing_not_even_that(store: str) -> None:
    assessed(store, "A", more=("--dry-run",))
    assert logged(store) == []


def test_why_two_calls_are_one_human_and_a_word_that_they_are(store: str) -> None:
    assessed(store, "A", "B")
    before = len(logged(store, "A"))
    assert run("identity", "why", "A", "B", "--store", store).exit == 0
    assert run("identity", "same", "A", "B", "--by", "Sgt Vale", "--store", store).exit == 0
    new = logged(store, "A")[before:]
    assert [one.operation for one in new] == ["consultation", "combination", "combination"]
    assert new[-1].justification == "Sgt Vale says one human"


def test_a_disposal_is_an_erasure_and_stays_when_the_call_is_gone(store: str) -> None:
    assessed(store, "A")
    assert run("record", "dispose", "A", "--authority", "board 4/26", "--store", store).exit == 0
    last = logged(store, "A")[-1]
    assert (last.operation, last.by, last.justification) == ("erasure", ME, "on the authority of board 4/26")


def test_an_import_is_a_collection_and_the_same_again_is_none(store: str, tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_text(json.dumps(build.facts("OLD-1")) + "\n", "utf-8")
    for _ in range(2):
        assert run("import", "calls", tmp_path / "old.jsonl", "--store", store).exit == 0
    assert [(one.operation, one.about) for one in logged(store)] == [("collection", "1 call of old.jsonl")]


def test_an_export_is_a_disclosure_with_purpose_recipient_and_hash(store: str, tmp_path: Path) -> None:
    assessed(store, "A", "B")
    told = ("--purpose", "a check of the linking", "--recipient", "the data team")
    out = tmp_path / "persons.csv"
    assert run("identity", "persons", out, *told, "--store", store).err.startswith("2 mentions")
    last = logged(store)[-1]
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    assert (last.operation, last.about, last.by) == ("disclosure", "export persons.csv", ME)
    assert last.justification == f"a check of the linking; to the data team; 2 rows, SHA-256 {digest}"
    text = out.read_text("utf-8")
    assert [name for name in ("Peck", "960", "Larch", "PE13", "1951") if name in text] == []


def test_an_export_without_a_purpose_is_noted_and_an_empty_one_is_refused(store: str, tmp_path: Path) -> None:
    assessed(store, "A")
    ran = run("identity", "persons", tmp_path / "p.csv", "--store", store)
    assert (ran.exit, "--purpose and --recipient" in ran.err) == (0, True)
    assert "purpose not told; to recipient not told" in str(logged(store)[-1].justification)
    refused = run("identity", "pairs", tmp_path / "q.csv", "--purpose", " ", "--store", store)
    assert refused.exit == 2
    assert not (tmp_path / "q.csv").exists()


@pytest.mark.parametrize(("purpose", "recipient"), [(None, "x"), ("x", None), ("", "x"), ("x" * 201, "x")])
def test_a_screens_export_needs_both(purpose: Any, recipient: Any) -> None:
    with pytest.raises(InputError):
        check_reasons(purpose, recipient)
