"""``everycall card``: the paper on which calls are taken when all is down."""

from __future__ import annotations

from pathlib import Path

import click

from everycall.cli.common import store_option


@click.command("card")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--policy", default=None, help="A pack's name or folder; the store's own when not given.")
@store_option
def command(out: Path, policy: str | None, store: str) -> None:
    """Write the card for when all is down: OUT.html, one sheet of A4, printed on both sides, for every desk.

    The policy's questions in talking order, its grades in short, and room to write. The file needs no server.
    """
    from everycall.force import load_policy
    from everycall.policy.load import pack_directory
    from everycall.store.store import Store
    from everycall.web.card import alone

    made = alone(load_policy(pack_directory(policy or Store(store).policy)))
    out.write_text(made, "utf-8")
    click.echo(f"{out}: print it on both sides of a sheet of A4", err=True)
