"""What the commands share: the store's option, the clock, a progress bar on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import click

from everycall.localtime import LONDON

store_option = click.option(
    "--store",
    envvar="EVERYCALL_STORE",
    default="everycall.db",
    show_default=True,
    metavar="URL_OR_PATH",
    help="The store: a file's path, or postgresql://... (or EVERYCALL_STORE).",
)


_ahead = timedelta()


def now() -> datetime:
    """Return the time: the one place where a clock is read; everything below is handed the time."""
    return datetime.now(LONDON) + _ahead


def pretend_it_is(moment: datetime) -> None:
    """Let the clock go on from another moment, for this process alone: a made-up force lives on a day of its own."""
    global _ahead
    _ahead = moment - datetime.now(LONDON)


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show how far a long work is: rows, rows a second, time left; on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(what, total=total, rate="")

        def told(rows: int) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, advance=rows, rate=f"{speed:,.0f} a second" if speed else "")

        yield told
