"""``everycall upgrade``: a store that an older Everycall made, brought up to date."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from everycall.cli.common import now, store_option
from everycall.cli.verified import state_told, verified
from everycall.counted import counted


@click.command("upgrade")
@click.option("--backup", type=click.Path(path_type=Path), help="The new file to back the store up to first.")
@click.option("--no-backup", is_flag=True, help="There is a backup already.")
@store_option
def command(backup: Path | None, no_backup: bool, store: str) -> None:
    """Bring a store that an older Everycall made up to date: all of it, or nothing. Its policy stays.

    Stop every program that uses the store first. Then the record is verified; exit 1 when it is not whole.
    """
    from everycall.store.backup.making import back_up
    from everycall.store.store import Store

    if (backup is None) is not no_backup:
        raise click.UsageError("name a new file to back the store up to (--backup FILE), or say --no-backup")
    lacking = Store.lacking(store)
    if not lacking:
        click.echo("the store is up to date: nothing was done", err=True)
        return
    if backup is not None:
        back_up(store, backup, now())
        click.echo(f"backed up to {backup}", err=True)
    found, wrong = verified(Store.upgrade(store).connection)
    state = state_told(wrong)
    click.echo(
        f"the store is up to date ({', '.join(lacking)}); {counted(found.links, 'link')}: {state}", err=True
    )
    sys.exit(1 if wrong else 0)
