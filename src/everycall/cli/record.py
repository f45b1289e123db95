"""``everycall record``: is the record whole, and would the past be decided the same?"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from everycall.cli.common import Day, log_processing, now, progress, store_option
from everycall.cli.verified import state_told, verified
from everycall.counted import counted


@click.group("record")
def command() -> None:
    """The record of assessments and decisions: a chain that the database refuses to change."""


@command.command("verify")
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A checkpoint kept elsewhere.",
)
@store_option
def verify(against: Path | None, store: str) -> None:
    """Check every link; say which was changed, which is gone, and which was lawfully disposed of."""
    from everycall.record.checkpoint import read_checkpoint
    from everycall.store.store import Store

    checkpoint = read_checkpoint(against) if against else None
    found, wrong = verified(Store(store).connection, checkpoint)
    for line in found.disposed:
        click.echo(line)
    state = state_told(wrong)
    click.echo(f"{counted(found.links, 'link')}, {len(found.disposed)} disposed of: {state}", err=True)
    sys.exit(1 if wrong else 0)


@command.command("checkpoint")
@store_option
def checkpoint(store: str) -> None:
    """Print the last link; keep it elsewhere: it shows a cut tail and a whole rewrite."""
    from everycall.errors import RecordError
    from everycall.store import record
    from everycall.store.store import Store

    last = record.last(Store(store).connection)
    if last is None:
        raise RecordError("the record is empty: there is nothing to keep a checkpoint of")
    click.echo(json.dumps({"number": last.number, "link": last.link, "at": now().isoformat()}))


@command.command("replay")
@click.option("--policy", default=None, help="Another pack's name or folder; the store's own when not given.")
@store_option
def replay(policy: str | None, store: str) -> None:
    """Make every recorded assessment again, with what was known then; print what differs, one JSON a line."""
    from everycall.force import Force
    from everycall.replay import Replayed
    from everycall.replay import replay as run
    from everycall.store.assessments import recorded

    force = Force.open(store, policy)
    todo = recorded(force.store.connection)
    results: list[Replayed] = []
    with progress("assessments made again", len(todo)) as told:
        for one in run(todo, force):
            results.append(one)
            told(1)
            if one.differs:
                log_processing(force, {"consultation": [one.ref]}, "assessments made again")
                click.echo(json.dumps(one.as_dict(), ensure_ascii=False))
    differ = sum(bool(one.differs) for one in results)
    gone = sum(one.call_gone for one in results)
    click.echo(
        f"{len(results):,} made again: {counted(differ, 'differs', 'differ')}, "
        f"{counted(gone, 'call is', 'calls are')} gone",
        err=True,
    )
    if unmade := sum(one.model_gone for one in results):
        click.echo(
            f"{unmade:,} of them by a model that was not kept: the one in use took its place", err=True
        )
    sys.exit(1 if differ and policy is None else 0)


@command.command("due")
@click.option("--on", type=Day(), default=None, help="Due by this day; today when not given.")
@store_option
def due(on: date | None, store: str) -> None:
    """Print what is due for review: kept for longer than it was to be kept unlooked at. One JSON a line; exit 1 if any.

    Nothing is removed by itself: a person reviews, and disposes of what need not be kept (everycall record dispose).
    """
    from everycall.localtime import local_date
    from everycall.store import record
    from everycall.store.store import Store

    connection, day = Store(store).connection, on or local_date(now())
    found, many, after = record.due(connection, day), 0, ""
    while found:
        for one in found:
            click.echo(json.dumps(one._asdict(), ensure_ascii=False))
        many, after = many + len(found), found[-1].subject
        found = record.due(connection, day, after)
    click.echo(f"{many:,} due for review by {day.isoformat()}", err=True)
    sys.exit(1 if many else 0)


@command.command("dispose")
@click.argument("ref")
@click.option("--authority", required=True, help="On whose authority, as it will stand in the record.")
@store_option
def dispose(ref: str, authority: str, store: str) -> None:
    """Remove what is recorded of a call, and the call; the record keeps that, when and on whose authority."""
    from everycall.disposal import dispose_of
    from everycall.force import Force

    force = Force.open(store)
    many = dispose_of(ref, authority, force, now())
    log_processing(force, {"erasure": [ref]}, f"on the authority of {authority}")
    click.echo(f"{counted(many, 'recorded payload')} and the call are gone; the record says so", err=True)
