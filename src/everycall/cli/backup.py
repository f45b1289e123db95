"""``everycall backup``: the whole store into one file, while calls come in."""

from __future__ import annotations

import json
from pathlib import Path

import click

from everycall.cli.common import now, store_option
from everycall.counted import counted


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@store_option
def command(file: Path, store: str) -> None:
    """Write the whole store into FILE, a new file; calls are taken meanwhile.

    Prints the last link of the record: keep that line elsewhere, it is a checkpoint too. The file holds everything
    the store holds, personal data included, and is not encrypted.
    """
    from everycall.store.backup.making import back_up

    made = back_up(store, file, now())
    head = made.chain
    told = {"number": head.number if head else None, "link": head.link if head else None, "at": made.made_at}
    click.echo(json.dumps({**told, "file": file.name, "schema": made.schema_steps[-1]}))
    size = file.stat().st_size / 1e6
    rows = sum(made.rows.values())
    click.echo(
        f"{counted(made.rows.get('call', 0), 'call')}, {counted(rows, 'row')} in all: {file} ({size:,.1f} MB)",
        err=True,
    )
