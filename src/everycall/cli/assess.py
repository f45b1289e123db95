"""``everycall assess``: calls in, one assessment a line out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from everycall.call import read_call_text
from everycall.cli.common import now, store_option, who
from everycall.errors import InputError, Problem

if TYPE_CHECKING:
    from everycall.force import Force
    from everycall.taking import Beside, TakenCall

_LARGEST = 64 * 1024 * 1024
"""Bytes of one call; more is not a call."""


def _lines(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield each call's text with where it stands: the whole file when it is one call, else line by line."""
    if not data.strip():
        raise InputError("the call cannot be used", [Problem(name, "is empty")])
    if len(data) > _LARGEST:
        raise InputError(
            "the call cannot be used", [Problem(name, "is over 64 MiB: import a history instead")]
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "the call cannot be used", [Problem(name, f"is not UTF-8 text (byte {error.start + 1})")]
        ) from None
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) > 1 and sum(_is_whole(line) for _, line in lines) > 0 and not _is_whole(text):
        yield from ((f"{name}:{number}", line) for number, line in lines)
    else:
        yield name, text


def _is_whole(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _logging(ref: str, force: Force) -> Beside:
    """Return what logs the looks at earlier calls, in the transaction that records this one."""
    from everycall.access import processing
    from everycall.access.shown import shown_records

    def beside(taken: TakenCall) -> Callable[[str], None]:
        looked = shown_records(taken.data)
        return processing.ready(force.store.connection, who(), looked, ref, None, force.salts, now)

    return beside


@click.command("assess")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--dry-run", is_flag=True, help="Store and record nothing.")
@click.option("--show", "readable", is_flag=True, help="Print for people instead of JSON.")
@click.option("--full", is_flag=True, help="With --show: every part with its reasons.")
@store_option
def command(file: Path, store: str, dry_run: bool, readable: bool, full: bool) -> None:
    """Assess one Call (JSON) or many (JSONL); print one Assessment a line.

    FILE is a path, or - for standard input. Calls are stored and assessments recorded, unless --dry-run. In JSONL
    each line stands alone: a bad one prints the error with its line, the rest go on, and the exit is 1.
    """
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from None
    name = "standard input" if str(file) == "-" else file.name
    todo = list(_lines(name, data))
    if len(todo) == 1:
        todo_read = read_call_text(todo[0][1], todo[0][0])
    from everycall.force import Force
    from everycall.taking import NOT_RECORDED, take_call

    force = Force.open(store)
    if len(todo) > 1:
        from everycall.long_running import get_ready

        get_ready(force, now())
    wrong = False
    for where, text in todo:
        try:
            read = todo_read if len(todo) == 1 else read_call_text(text, where)
        except InputError as error:
            click.echo(json.dumps(error.as_dict(), ensure_ascii=False))
            wrong = True
            continue
        taken = take_call(read, force, now(), dry_run, _logging(read.call.ref, force))
        if readable:
            from rich.console import Console

            from everycall.cli.show import show

            show(taken.assessment, Console(), full=full, received_at=read.call.received_at)
        else:
            click.echo(taken.body)
        for problem in taken.assessment.problems:
            if problem.part == NOT_RECORDED:
                click.echo(f"error: {problem.problem}", err=True)
                wrong = True
    if wrong:
        sys.exit(1)
