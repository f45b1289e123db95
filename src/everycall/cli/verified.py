"""The record of a store verified, and what is wrong with it told: as `record verify`, `restore` and `upgrade` do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from everycall.counted import counted

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from everycall.record.chain import Checkpoint, Verified


def verified(
    connection: BaseDatabaseWrapper, checkpoint: Checkpoint | None = None
) -> tuple[Verified, list[str]]:
    """Check every link; return what was found, and a line for each thing that is wrong."""
    from everycall.record.chain import verify
    from everycall.store import record

    found = verify(record.links(connection), checkpoint)
    return found, [*found.wrong, *record.loose_ends(connection)]


def state_told(wrong: list[str], one: str = "thing is wrong", many: str = "things are wrong") -> str:
    """Print what is wrong, a line each; return in words how the record is."""
    for line in wrong:
        click.echo(line)
    return counted(len(wrong), one, many) if wrong else "the record is whole"
