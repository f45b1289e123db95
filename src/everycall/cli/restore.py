"""``everycall restore``: a backup into a new store, checked."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from everycall.cli.common import store_option
from everycall.cli.verified import state_told, verified
from everycall.counted import counted


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@store_option
def command(file: Path, store: str) -> None:
    """Put the backup FILE into a new store; one that is there is never written over.

    Every hash, every count and the last link of the record are held against the backup's manifest: the store comes
    back whole, or nothing of it. Then the record is verified; exit 1 when it was not whole when it was backed up.
    """
    from everycall.store.backup.restoring import restore
    from everycall.store.databases import connect
    from everycall.store.store import Store

    made = restore(file, store)
    click.echo(
        f"{counted(made.rows.get('call', 0), 'call is', 'calls are')} restored, as of {made.made_at}",
        err=True,
    )
    found, wrong = verified(connect(store))
    state = state_told(
        wrong, "thing is wrong, as it was in the store", "things are wrong, as they were in the store"
    )
    click.echo(f"{counted(found.links, 'link')}, {len(found.disposed)} disposed of: {state}", err=True)
    if Store.lacking(store):
        click.echo("the store was made by an older Everycall: run 'everycall upgrade'", err=True)
    sys.exit(1 if wrong else 0)
