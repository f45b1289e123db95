"""Whatever JSON is handed in: a key twice is refused by its name; no yes is lost to the no behind it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import build
from command import run
from everycall.api.body import object_of
from everycall.errors import EverycallError
from everycall.identity.artefact import unseal
from everycall.identity.model import read_model
from everycall.intake.flags import check_flags
from everycall.record.checkpoint import read_checkpoint
from everycall.second_reader.endpoint import EndpointError
from everycall.second_reader.reading import _said
from everycall.store.backup.manifest import read_manifest
from everycall.vulnerability.words.labelled import read_labelled
from everycall.web.call.taking import read_typed

FLAG = {
    "kind": "warning",
    "about": {"name": "Maureen Peck", "address": "14 Larch Road", "postcode": "PE13 9ZZ"},
}
FLAG |= {"source": "another force", "recorded_on": "2026-03-01"}
LABELLED = {"text": "HE HAS A KNIFE", "indicator": "fear_or_impact", "label": "present"}


def twice(whole: object, key: str, first: str) -> str:
    """Return JSON in which a key stands a second time, before the one it holds."""
    text = json.dumps(whole)
    assert text.count(f'"{key}":') == 1
    return text.replace(f'"{key}":', f'"{key}": {first}, "{key}":')


def test_a_flag_told_twice_over(tmp_path: Path) -> None:
    file = tmp_path / "flags.jsonl"
    file.write_text(twice({**FLAG, "sensitive": False}, "sensitive", "true") + "\n")
    assert [str(one) for one in check_flags(file).problems] == [
        "flags.jsonl:1: the key 'sensitive' stands twice in one object"
    ]


def test_an_imported_call_on_the_quick_way_too(sqlite_store: str, tmp_path: Path) -> None:
    file = tmp_path / "calls.jsonl"
    good = build.facts(ref="OLD-1")
    file.write_text(
        json.dumps(good)
        + "\n"
        + twice({**good, "ref": "OLD-2", "marked_repeat": False}, "marked_repeat", "true")
    )
    refused = run("import", "calls", "--store", sqlite_store, str(file))
    assert refused.exit == 2
    assert "calls.jsonl:2" in refused.err
    assert "the key 'marked_repeat' stands twice" in refused.err


READERS: dict[str, tuple[Callable[[str], object], object, str, str]] = {
    "labelled texts": (lambda text: read_labelled([text]), LABELLED, "label", '"absent"'),
    "model": (lambda text: read_model(text, "model.json"), {"comparisons": {}}, "comparisons", "{}"),
    "sealed model": (lambda text: unseal(text, "model.json"), {"format": 3}, "format", "2"),
    "manifest": (lambda text: read_manifest(text.encode(), "a.backup"), {"format": 1}, "format", "2"),
}


@pytest.mark.parametrize("what", READERS)
def test_it_is_named(what: str) -> None:
    read, whole, key, first = READERS[what]
    with pytest.raises(EverycallError) as refused:
        read(twice(whole, key, first))
    assert f"the key '{key}' stands twice" in str([str(one) for one in refused.value.details])


def test_a_change_on_a_card() -> None:
    sent = {"changes": {"answers.immediate_danger": "no"}, "log": []}
    with pytest.raises(EverycallError):
        read_typed(twice(sent, "answers.immediate_danger", '"yes"').encode())


def test_a_checkpoint(tmp_path: Path) -> None:
    file = tmp_path / "checkpoint.json"
    file.write_text(twice({"number": 1, "link": "0" * 64}, "number", "2"))
    with pytest.raises(EverycallError, match="checkpoint cannot be used"):
        read_checkpoint(file)


def test_what_the_second_reader_answers() -> None:
    with pytest.raises(EndpointError):
        _said(twice({"findings": []}, "findings", "[]"), {})


def test_a_body_of_the_api() -> None:
    class Sent:
        content_type = "application/json"
        content_params: dict[str, str] = {}
        headers: dict[str, str] = {}
        body = b'{"accepted": true, "accepted": false}'

    with pytest.raises(EverycallError) as refused:
        object_of(Sent())  # type: ignore[arg-type]
    assert "the key 'accepted' stands twice" in str(refused.value.details)
