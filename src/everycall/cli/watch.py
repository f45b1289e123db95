"""``everycall watch``: the live feed, files of calls taken as they come."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from everycall.cli.common import Amount, log_processing, now, store_option
from everycall.cli.stopping import Stopping
from everycall.counted import counted

if TYPE_CHECKING:
    from everycall.force import Force
    from everycall.intake.mapping import Mapping
    from everycall.watching import Folder, Taken


@click.command("watch")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Names a force's own columns.",
)
@click.option("--skip-bad", is_flag=True, help="Take the good rows of a file with bad ones.")
@click.option("--once", is_flag=True, help="Take what is there and stop: for cron.")
@click.option("--every", type=Amount(0.01), default=2.0, show_default=True, help="Seconds between two looks.")
@click.option(
    "--settled-after",
    type=Amount(0),
    default=2.0,
    show_default=True,
    help="Seconds for which a file must not have changed before it is taken.",
)
@store_option
def command(
    folder: Path,
    mapping: Path | None,
    skip_bad: bool,
    once: bool,
    every: float,
    settled_after: float,
    store: str,
) -> None:
    """Take files of calls from FOLDER as they come, each once, and move them to its folders done or refused.

    A file that is still being written is left until it has not changed for a while; names that end in .part or
    .tmp, or begin with a dot, are never taken. Stopped at any moment nothing is lost and nothing comes twice.
    """
    from everycall.force import Force
    from everycall.intake.mapping import read_mapping
    from everycall.store.modes import only_invented
    from everycall.watching import Folder

    watched = Folder(folder, settled_after)
    force = Force.open(store)
    only_invented(force.store.connection, "a live feed")
    mapped = read_mapping(mapping) if mapping else None
    refused: list[str] = []
    with Stopping() as stopping:
        try:
            while True:
                _look(watched, force, mapped, skip_bad, stopping, refused, patient=not once)
                if once and not watched.waiting():
                    break
                stopping.pause(min(every, 0.2) if once else every)
        except KeyboardInterrupt:
            click.echo("stopped; what was not finished is taken the next time", err=True)
    sys.exit(1 if refused else 0)


def _look(
    folder: Folder,
    force: Force,
    mapping: Mapping | None,
    skip_bad: bool,
    stopping: Stopping,
    refused: list[str],
    patient: bool,
) -> None:
    """Take what is ready; add the names of files of which anything was refused."""
    from django.db import DatabaseError

    from everycall.errors import StoreError
    from everycall.store.databases import plain
    from everycall.watching import take_files

    some = False
    try:
        force.store.mend()
        ready = folder.settled(time.monotonic())
        for taken in take_files(folder, ready, force, mapping, now, skip_bad, stopping.here):
            some = True
            _tell(taken)
            if taken.problems:
                refused.append(taken.name)
            if taken.loaded is not None and (taken.loaded.new or taken.loaded.changed):
                told_of = f"{counted(taken.loaded.rows, 'call')} of {taken.name}"[:100]
                log_processing(force, {"collection": [told_of]}, "the live feed")
            stopping.here()
        if some:
            _tell_reach(force)
    except (StoreError, DatabaseError) as error:
        message = error.message if isinstance(error, StoreError) else f"the store is away: {plain(error)}"
        if not patient:
            raise StoreError(message) from error
        click.echo(f"{message}; trying again", err=True)


def _tell(taken: Taken) -> None:
    from everycall.watching import REFUSED

    if taken.loaded is None:
        more = f" and {len(taken.problems) - 1:,} more" if len(taken.problems) > 1 else ""
        click.echo(f"{taken.name}: refused ({taken.problems[0]}{more}); see {REFUSED}/", err=True)
        return
    done = taken.loaded
    kept = f"; {counted(len(taken.problems), 'problem')}, see {REFUSED}/" if taken.problems else ""
    click.echo(
        f"{taken.name}: {counted(done.rows, 'call')}, {done.new:,} new, {done.changed:,} changed, "
        f"{done.same:,} as they were{kept}",
        err=True,
    )


def _tell_reach(force: Force) -> None:
    from everycall.store.calls import newest

    last = newest(force.store.connection)
    if last is not None:
        click.echo(f"the history reaches to {last:%d %B %Y %H:%M}", err=True)
