"""Every kind of bad input: a clear message, the right exit code, nothing half stored, no traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import build
from everycall.cli.main import COMMANDS, everycall, main

Run = Callable[..., Result]


@pytest.fixture
def run(store: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("EVERYCALL_STORE", store)

    def go(*args: str, given: str | bytes | None = None) -> Result:
        import sys

        from click.testing import CliRunner

        runner = CliRunner()
        with runner.isolation(input=given) as (out, error, _):
            code: Any = 0
            try:
                main(list(args))
            except SystemExit as ended:
                code = ended.code or 0
            sys.stdout.flush()
            sys.stderr.flush()
            return Result(runner, out.getvalue(), error.getvalue(), b"", None, int(code), None)

    return go


def stored(where: str) -> int:
    force = build.force_at(where)
    ((calls,),) = build.rows(force, "SELECT COUNT(*) FROM call")
    force.store.close()
    return int(calls)


def with_caller(**more: Any) -> dict[str, Any]:
    return build.facts(caller={**build.MAUREEN, **more})


BAD: dict[str, tuple[Any, str]] = {
    "not JSON": ('{"ref": ', "is not JSON"),
    "a list": ([], "a call is a JSON object"),
    "a wrong type": (build.facts(behaviours="rowdy"), "behaviours"),
    "an unknown source": (build.facts(source="100"), "is not one of"),
    "an unknown key": (build.facts(recieved_at="x"), "did you mean 'received_at'"),
    "31 February": (build.facts(received_at="2026-02-31T10:00:00"), "is not a date and time"),
    "born on 31 February": (with_caller(date_of_birth="1951-02-31"), "is not a date of the calendar"),
    "born in the future": (with_caller(date_of_birth="2027-01-01"), "after the call"),
    "swapped coordinates": (build.facts(location={"latitude": -1.5, "longitude": 52.6}), "look swapped"),
    "an unknown answer": (build.facts(answers={"hate": "maybe"}), "hate"),
    "an unknown question": (build.facts(answers={"hatred": "yes"}), "hatred"),
    "a log line of 10 MB": (build.facts(log=[{"text": "A" * 10_000_000}]), "65536"),
    "no ref": ({"received_at": "2026-06-12T21:04:00"}, "ref"),
    "nothing": ("", "is empty"),
    "only spaces": (" \n \n", "is empty"),
    "deep nesting": ("[" * 200_000, "is not JSON"),
    "a deep call": ('{"ref": ' + "[" * 100_000 + "]" * 100_000 + "}", "is not JSON"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_call_is_refused_with_its_reason(kind: str, run: Run, store: str) -> None:
    data, message = BAD[kind]
    ended = run("assess", "-", given=data if isinstance(data, str) else json.dumps(data))
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not any(word in ended.stderr for word in ("Maureen", "01632", "Larch"))
    assert stored(store) == 0


def test_all_problems_are_told_and_not_the_first(run: Run) -> None:
    bad = with_caller(phonee="1", age=400) | {"source": "100", "category": "asb"}
    told = run("assess", "-", given=json.dumps(bad)).stderr
    assert all(word in told for word in ("phonee", "caller.age", "source", "category"))


def test_text_that_is_not_utf8(run: Run) -> None:
    ended = run("assess", "-", given=b'{"ref": "\xff\xfe"}')
    assert (ended.exit_code, "is not UTF-8" in ended.stderr) == (2, True)


def test_a_folder_and_a_missing_file(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.json"):
        ended = run("assess", str(path))
        assert (ended.exit_code, "cannot be read" in ended.stderr) == (2, True)


USABLE_BUT_ODD: dict[str, dict[str, Any]] = {
    "NUL": build.facts(log=[{"text": "A\x00B\x07C\x1b[31m"}]),
    "a NUL in a name": with_caller(name="Maureen\x00 Peck"),
    "a lone surrogate": build.facts(log=[{"text": "A\ud800B"}]),
    "a surrogate in a place": with_caller(address="14 Larch\udfff Road"),
    "a NUL in a behaviour": build.facts(behaviours=["row\x00dy"]),
    "right to left": with_caller(name="\u202eמורין פק\u202c"),
    "emoji": with_caller(name="Maureen 👩‍👩‍👧 Peck") | {"log": [{"text": "🔥" * 500}]},
    "a phone of 3 digits": with_caller(phone="999"),
    "a phone of 30 digits": with_caller(phone="0" * 30),
    "a house of many digits": with_caller(address="9" * 400),
    "a NUL in a safe contact": build.facts(safe_contact={"phone": "a\x00b", "\x00": "x"}),
    "a NUL in monitoring": build.facts(monitoring={"language": "a\x00b"}),
}


@pytest.mark.parametrize("kind", USABLE_BUT_ODD)
def test_odd_text_is_assessed_and_recorded(kind: str, run: Run, store: str) -> None:
    ended = run("assess", "-", given=json.dumps(USABLE_BUT_ODD[kind]))
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert json.loads(ended.stdout)["call_ref"] == "NEW-1"
    assert stored(store) == 1


def test_in_jsonl_a_bad_line_prints_its_error_and_the_others_go_on(run: Run, store: str) -> None:
    lines = [
        json.dumps(build.facts("A")),
        "{bad",
        json.dumps(build.facts("B", source="1")),
        json.dumps(build.facts("C")),
    ]
    ended = run("assess", "-", given="\n".join(lines))
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ended.exit_code == 1
    assert [one.get("call_ref") for one in told] == ["A", None, None, "C"]
    assert "standard input:2" in told[1]["error"]["details"][0]["where"]
    assert "standard input:3" in told[2]["error"]["details"][0]["where"]
    assert stored(store) == 2


def test_a_dry_run_stores_nothing(run: Run, store: str) -> None:
    ended = run("assess", "-", "--dry-run", given=json.dumps(build.facts()))
    assert ended.exit_code == 0
    assert stored(store) == 0


def test_an_import_with_one_bad_row_stores_nothing(run: Run, store: str, tmp_path: Path) -> None:
    file = tmp_path / "h.jsonl"
    file.write_text("\n".join([json.dumps(build.facts("A")), json.dumps(build.facts("B", source="1"))]))
    ended = run("import", "calls", str(file))
    assert (ended.exit_code, "h.jsonl:2" in ended.stderr) == (2, True)
    assert stored(store) == 0
    assert run("import", "calls", str(file), "--skip-bad").exit_code == 0
    assert stored(store) == 1
    assert (tmp_path / "h.refused.jsonl").exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    told = CliRunner().invoke(everycall, [name, "--help"])
    assert told.exit_code == 0
    assert "Usage:" in told.output
