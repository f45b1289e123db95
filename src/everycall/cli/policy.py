"""``everycall policy``: check a pack, or show it."""

from __future__ import annotations

import sys

import click

from everycall.cli.common import no_store_option, store_option
from everycall.counted import counted


@click.group("policy")
def command() -> None:
    """A force's policy pack: grades, times, questions, points."""


@command.command("check")
@click.argument("directory", metavar="DIR")
@no_store_option
def check(directory: str) -> None:
    """Load a pack strictly, run its cases, find rows that can never apply, and prove that more is never less.

    DIR is a folder, or the name of a pack that comes with Everycall.
    """
    from everycall.force import load_policy
    from everycall.policy.check import check as run
    from everycall.policy.load import pack_directory

    folder = pack_directory(directory)
    load_policy(folder)
    report = run(folder)
    for problem in report.problems:
        click.echo(str(problem))
    for note in report.not_used:
        click.echo(f"note: {note}")
    state = (
        counted(len(report.problems), "thing is wrong", "things are wrong")
        if report.problems
        else "sound: more is never less"
    )
    click.echo(f"{report.pack}: {report.cases} cases run, {state}", err=True)
    sys.exit(0 if report.ok else 1)


@command.command("show")
@store_option
@click.option("--policy", default=None, help="A pack's name or folder; the store's own when not given.")
def show(store: str, policy: str | None) -> None:
    """Show the grade table in words."""
    from everycall.force import load_policy
    from everycall.policy.load import pack_directory
    from everycall.store.store import Store

    pack = load_policy(pack_directory(policy or Store(store).policy)).pack
    click.echo(f"{pack.name} {pack.version}  sha256 {pack.sha256}")
    for row in pack.rows:
        result = "a floor from here on" if row.floor_only else f"{row.grade}, {row.attendance}"
        click.echo(f"{row.rule:>3}  {row.where:<15} {result:<40} {row.why}")
