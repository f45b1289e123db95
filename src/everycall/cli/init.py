"""``everycall init``: a new store with a policy pack."""

from __future__ import annotations

from pathlib import Path

import click

from everycall.cli.common import now, store_option


@click.command("init")
@click.option(
    "--policy", default="england_and_wales", show_default=True, help="A pack's name, or your own folder."
)
@click.option("--training", is_flag=True, help="For training: calls are invented, and no real feed is taken.")
@store_option
def command(store: str, policy: str, training: bool) -> None:
    """Make a new store with a policy pack, or give a store this policy. What is in it stays."""
    from everycall.force import Force, load_policy
    from everycall.policy.load import pack_directory
    from everycall.store.modes import mark_training
    from everycall.store.store import Store

    directory = pack_directory(policy)
    loaded = load_policy(directory)
    named = str(Path(policy).absolute()) if Path(policy).is_dir() else policy
    made = Store.create(store, named)
    if training:
        mark_training(made.connection)
    Force(made, loaded).keep_versions(now())
    click.echo(f"The store is ready, with the policy {loaded.pack.name} {loaded.pack.version}.", err=True)
