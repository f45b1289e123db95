"""What the commands share: the store's option, numbers within limits, the clock, a progress bar on standard error."""

from __future__ import annotations

import getpass
import math
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from everycall.localtime import LONDON

if TYPE_CHECKING:
    from everycall.access.viewer import Viewer
    from everycall.force import Force

store_option = click.option(
    "--store",
    envvar="EVERYCALL_STORE",
    default="everycall.db",
    show_default=True,
    metavar="URL_OR_PATH",
    help="The store: a file's path, or postgresql://... (or EVERYCALL_STORE).",
)

no_store_option = click.option(
    "--store",
    metavar="URL_OR_PATH",
    expose_value=False,
    help="Every command takes it; nothing of a store is read here.",
)


class Amount(click.FloatRange):
    """A number within limits: neither "nan" nor "inf", which every limit lets pass."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number, or refuse it with what is allowed."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value} is no number in the range {self._describe_range()}.", param, ctx)
        return number


class Day(click.ParamType[date]):
    """A day of the calendar, written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or refuse what is none."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day like 2026-06-12", param, ctx)


_ahead = timedelta()


def now() -> datetime:
    """Return the time: the one place where a clock is read; everything below is handed the time."""
    return (datetime.now(UTC) + _ahead).astimezone(LONDON)


def pretend_it_is(moment: datetime | None) -> None:
    """Let the clock go on from another moment, for this process alone: a made-up force lives on a day of its own.

    None: the true time again.
    """
    global _ahead
    _ahead = moment - datetime.now(UTC) if moment else timedelta()


def who() -> Viewer:
    """Return who works at the command line, as the operating system knows them: so they stand in the processing log."""
    from everycall.access.viewer import Viewer

    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in a bare container
        name = f"user {os.getuid()}" if hasattr(os, "getuid") else "unknown"
    return Viewer(f"{name} (command line)", "command line")


def log_processing(force: Force, operations: Mapping[str, Sequence[str]], why: str) -> None:
    """Log what is done at the command line to which records (DPA 2018 s.62); before it is shown."""
    from everycall.access import processing

    processing.log(force.store.connection, who(), operations, None, why, force.salts, now())


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
