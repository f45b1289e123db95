"""The docs name every command, option, setting, file of the pack, fact, grade, duty and mapping key, and no other."""

from __future__ import annotations

import csv
import importlib
import json
import re
import shlex
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from command import patient
from everycall import errors
from everycall.cli.main import everycall
from everycall.intake.mapping import MappingFile
from everycall.taking import NOT_RECORDED

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "src" / "everycall" / "policy" / "packs" / "england_and_wales"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
IDS = [str(page.relative_to(ROOT)) for page in PAGES]
every_page = pytest.mark.parametrize("page", PAGES, ids=IDS)


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _all_docs() -> str:
    return "\n".join(page.read_text("utf-8") for page in PAGES)


def _commands(
    command: click.Command, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inside = command.get_command(context, name)
            assert inside is not None
            yield from _commands(inside, (*path, name))


def _blocks(page: Path) -> Iterator[tuple[str, str]]:
    yield from re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


COMMANDS = dict(_commands(everycall, ("everycall",)))


@pytest.mark.parametrize("path", [path for path in COMMANDS if len(path) > 1], ids=" ".join)
def test_every_command_has_its_heading(path: tuple[str, ...]) -> None:
    assert re.search(rf"^##+ {' '.join(path)}$", _text("docs/commands.md"), re.MULTILINE)


def test_every_option_is_told_below_its_command() -> None:
    sections = re.split(r"^##+ ", _text("docs/commands.md"), flags=re.MULTILINE)
    told = {section.splitlines()[0]: section for section in sections}
    missing = []
    for path, command in COMMANDS.items():
        where = "".join(told.get(" ".join(path[: n + 1]), "") for n in range(1, len(path))) + sections[0]
        for option in (one for one in command.params if isinstance(one, click.Option)):
            missing += [
                f"{' '.join(path)} {name}"
                for name in (*option.opts, *option.secondary_opts)
                if name.startswith("--") and name not in ("--help", "--version") and f"`{name}" not in where
            ]
    assert missing == []


def test_no_heading_tells_of_a_command_that_does_not_exist() -> None:
    told = re.findall(r"^##+ (everycall .*)$", _text("docs/commands.md"), re.MULTILINE)
    assert set(told) == {" ".join(path) for path in COMMANDS if len(path) > 1}


@every_page
def test_every_command_shown_exists(page: Path) -> None:
    for language, text in _blocks(page):
        if language != "sh":
            continue
        for line in text.splitlines():
            words = shlex.split(line.split("#")[0])
            if words[:1] == ["everycall"]:
                names = [word for word in words[1:] if not word.startswith("-")]
                path: tuple[str, ...] = ("everycall",)
                while names and (*path, names[0]) in COMMANDS:
                    path = (*path, names.pop(0))
                assert not isinstance(COMMANDS[path], click.Group), line
                options = {name for one in COMMANDS[path].params for name in (*one.opts, *one.secondary_opts)}
                used = {word.split("=")[0] for word in words if word.startswith("--")}
                assert used <= options | {"--help"}, line
            elif words[:1] == ["make"]:
                assert re.search(rf"^{words[1]}:", _text("Makefile"), re.MULTILINE), line


def test_every_setting_is_told_and_no_other() -> None:
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    code = "\n".join(path.read_text("utf-8") for path in sources)
    read = set(re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", code))
    used = read | set(re.findall(r"\bEVERYCALL_[A-Z_]+\b", code))
    assert {"EVERYCALL_STORE", "EVERYCALL_DEBUG", "HYPOTHESIS_PROFILE"} <= used
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", _text("docs/settings.md"), re.MULTILINE)) == used


def test_every_file_of_the_policy_pack_is_told() -> None:
    names = {path.name for path in PACK.iterdir() if path.is_file()}
    docs = _all_docs()
    assert {name for name in names if name not in docs} == set()


def test_every_fact_grade_attendance_and_duty_is_told() -> None:
    facts = {fact["name"] for fact in tomllib.loads((PACK / "facts.toml").read_text("utf-8"))["fact"]}
    grades = tomllib.loads((PACK / "grades.toml").read_text("utf-8"))
    lines = [line for line in (PACK / "actions.csv").read_text("utf-8").splitlines() if line[:1] != "#"]
    duties = {row["code"] for row in csv.DictReader(lines)}
    codes = facts | {grade["code"] for grade in grades["grade"]} | set(grades["attendance"]) | duties
    policy = _text("docs/policy.md")
    assert sorted(code for code in codes if not re.search(rf"\b{code}\b", policy)) == []


def test_every_key_of_a_mapping_is_told() -> None:
    page = _text("docs/import.md")
    assert sorted(key for key in MappingFile.model_fields if not re.search(rf"\b{key}\b", page)) == []


def test_every_table_of_a_store_is_told_and_no_other(tmp_path: Path) -> None:
    store = tmp_path / "everycall.db"
    assert CliRunner().invoke(everycall, ["init", "--store", str(store)]).exit_code == 0
    with closing(sqlite3.connect(store)) as database:
        rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    tables = {name for (name,) in rows} - {"django_migrations", "sqlite_sequence"}
    page = _text("docs/store-and-record.md")
    section = page.partition("## What is kept")[2].partition("**Known from.**")[0]
    first_cells = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    assert {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)} == tables


def test_every_part_that_can_fail_alone_is_told() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    parts = {*re.findall(r"attempt\(\s*\"([a-z ]+)\"", code), NOT_RECORDED}
    assert len(parts) > 8
    section = _text("docs/errors.md").partition("| part in `problems` |")[2].partition("\n## ")[0]
    first_cells = "".join(re.findall(r"^\| (`.*?) \|", section, re.MULTILINE))
    assert sorted(part for part in parts if f"`{part}`" not in first_cells) == []


def test_every_error_code_is_told() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = {kind.code for kind in kinds if issubclass(kind, errors.EverycallError)} - {"error"}
    told = set(re.findall(r"^\| `(\w+)` \| [^|]+ \| `\w+Error` \|", _text("docs/errors.md"), re.MULTILINE))
    assert told == codes


def test_every_dependency_is_told() -> None:
    project = tomllib.loads(_text("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[^\w-]", one)[0] for one in wanted}
    page = _text("docs/dependencies.md")
    assert sorted(name for name in names if not re.search(rf"(^\| |: ){name}\b", page, re.MULTILINE)) == []


def test_the_index_names_every_page() -> None:
    linked = set(re.findall(r"\]\(([^)\s]+\.md)\)", _text("docs/README.md")))
    pages = {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")}
    assert pages - linked == {"README.md"}


def test_every_word_of_the_glossary_exists_in_the_code() -> None:
    named = re.findall(r"`(everycall[\w.]*):(\w+)`", _text("docs/glossary.md"))
    assert len(named) > 20
    assert [f"{m}:{n}" for m, n in named if not hasattr(importlib.import_module(m), n)] == []


@every_page
def test_links_inside_the_project_lead_somewhere(page: Path) -> None:
    links = re.findall(
        r"\]\(([^)\s]+)\)", re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.S | re.M)
    )
    lost = []
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        file, _, heading = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        inside = target.exists() and ROOT in (target, *target.parents)
        if not inside or (heading and heading not in _anchors(target)):
            lost.append(link)
    assert lost == []


def _anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen, todo = set(), [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        if page in seen or not page.exists():
            continue
        seen.add(page)
        if page.is_dir():
            todo += page.glob("*.md")
        elif page.suffix == ".md":
            for link in re.findall(r"\]\(([^)\s#]+)", page.read_text("utf-8")):
                if not re.match(r"[a-z]+:", link):
                    todo.append((page.parent / link).resolve())
    assert (
        sorted(str(page.relative_to(ROOT)) for page in (ROOT / "docs").rglob("*.md") if page not in seen)
        == []
    )


@every_page
def test_json_shown_is_json(page: Path) -> None:
    for language, text in _blocks(page):
        if language == "json":
            json.loads(text)
        elif language == "toml":
            tomllib.loads(text)


@every_page
def test_no_page_names_a_folder_of_one_machine(page: Path) -> None:
    assert re.findall(r"(?<![\w.])/(?:work|root|home|tmp|Users)/\S*", page.read_text("utf-8")) == []


def test_the_apis_examples_work_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = list(_blocks(ROOT / "docs" / "api.md"))
    curl = next(text for _, text in blocks if text.startswith("curl "))
    client = next(text for language, text in blocks if language == "python")
    at = ("--store", str(tmp_path / "everycall.db"))
    scopes = ("--scope", "assess", "--scope", "calls", "--scope", "decide")
    run = CliRunner().invoke
    assert run(everycall, ["init", *at]).exit_code == 0
    patient(at[1], tmp_path / "pack")
    token = run(everycall, ["token", "add", "STORM", *scopes, *at]).stdout.strip()
    monkeypatch.setenv("TOKEN", token)
    call = {"ref": "CC-2", "received_at": "2026-06-12T21:04:00+01:00", "log": [{"text": "AGAIN"}]}
    (tmp_path / "call.json").write_text(json.dumps(call), "utf-8")
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name("everycall")), "serve", "--port", "0", "--workers", "1", *at],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr is not None
    try:
        here = server.stderr.readline().split()[-1]
        exec(client.replace("http://127.0.0.1:8000", here), {})  # the page's own text
        words = shlex.split(curl.replace("http://127.0.0.1:8000", here).replace("$TOKEN", token))
        answer = subprocess.run(
            [*words, "--silent", "--show-error", "--noproxy", "*"],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            text=True,
        )
    finally:
        server.terminate()
        server.communicate(timeout=120)
    grade, questions = capsys.readouterr().out.split(maxsplit=1)
    assert grade in ("emergency", "priority", "scheduled")
    assert "happened_before" in questions or "immediate_danger" in questions
    assert json.loads(answer.stdout)["call_ref"] == "CC-2"


def test_the_readmes_first_call_says_what_the_readme_shows(tmp_path: Path) -> None:
    blocks = list(_blocks(ROOT / "README.md"))
    history = next(text for _, text in blocks if text.startswith('{"ref": "OLD-1"'))
    call = next(text for language, text in blocks if language == "json" and '"MY-1"' in text)
    shown = next(text for _, text in blocks if text.startswith("MY-1"))
    (tmp_path / "history.jsonl").write_text(history, "utf-8")
    (tmp_path / "call.json").write_text(call, "utf-8")
    at = ["--store", str(tmp_path / "everycall.db")]
    for args in (["init"], ["import", "calls", str(tmp_path / "history.jsonl")]):
        assert CliRunner().invoke(everycall, [*args, *at], catch_exceptions=False).exit_code == 0
    result = CliRunner().invoke(
        everycall,
        ["assess", "--show", str(tmp_path / "call.json"), *at],
        catch_exceptions=False,
        env={"COLUMNS": "80"},
    )
    assert _words(result.stdout) == _words(shown)
    verified = CliRunner().invoke(everycall, ["record", "verify", *at], catch_exceptions=False)
    assert f"`{verified.stderr.strip()}`" in _text("README.md")


def _words(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.strip().splitlines()]


def test_every_file_and_test_that_security_names_exists() -> None:
    page = _text("docs/security.md").partition("## OWASP ASVS")[2]
    named = set(re.findall(r"`([\w/]+\.(?:py|toml))`", page))
    assert len(named) > 25
    assert (
        sorted(
            n for n in named if not ((ROOT / "tests" / n).exists() or (ROOT / "src/everycall" / n).exists())
        )
        == []
    )
