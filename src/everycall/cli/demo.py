"""``everycall demo``: a made-up force, twenty calls assessed, one in full."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from everycall.cli.common import now
from everycall.localtime import LONDON

if TYPE_CHECKING:
    from everycall.assessment import Assessment
    from everycall.force import Force

UNTIL = datetime(2026, 6, 12, 20, 30, tzinfo=LONDON)
"""When the made-up history ends; the new calls follow within two hours."""


@click.command("demo")
@click.option("--calls", default=2_000, show_default=True, help="How many past calls.")
@click.option("--seed", default=7, show_default=True, help="The same seed makes the same force.")
@click.option(
    "--out",
    default="demo-force",
    show_default=True,
    type=click.Path(path_type=Path),
    help="A folder for its files.",
)
@click.option("--years", type=int, help="Years of history; 2, or 10 from 50,000 calls on.")
@click.option("--plant", "faults", multiple=True, metavar="NAME", help="A fault to plant; may be repeated.")
@click.option("--processes", type=click.IntRange(1), help="How many to work in at most; one for each core.")
@click.option("--only-make", is_flag=True, help="Write the files and stop.")
@click.option("--no-serve", is_flag=True, help="Stop after printing the assessments.")
def command(
    calls: int,
    seed: int,
    out: Path,
    years: int | None,
    faults: tuple[str, ...],
    processes: int | None,
    only_make: bool,
    no_serve: bool,
) -> None:
    """Make a made-up force (nobody in it exists), import it, assess twenty new calls and print them.

    The files are ordinary import files with the truth beside them. The store is made anew in the same folder.
    In however many processes it is made, the same calls and seed give the same bytes.
    """
    from rich.console import Console

    from everycall.demo.force import make_force
    from everycall.demo.tour import tour

    made = make_force(calls, seed, out, UNTIL, years=years, faults=faults, processes=processes)
    click.echo(f"{made.calls:,} calls of {made.people:,} invented people are in {out}/", err=True)
    for fault, touched in made.faults.items():
        click.echo(f"planted: {fault}, in {touched:,} calls", err=True)
    if only_make:
        return
    force = _load(out)
    console = Console()
    toured = tour(out, console, lambda data: _assess(data, force))
    console.print(
        f"\n{toured.calls} calls assessed; {toured.met} of {toured.expected} things the truth file expects hold."
    )
    console.print(
        f"Try your own: everycall assess --show --full --store {out / 'everycall.db'} CALL.json "
        "(docs/how-a-call-is-assessed.md shows one)"
    )
    if not no_serve:
        console.print("The call screen is not built yet: there is nothing to serve.")
    if toured.missed:
        sys.exit(1)


def _load(out: Path) -> Force:
    """Make a fresh store beside the files and import them by the ordinary commands."""
    from everycall.cli.main import everycall

    store = out / "everycall.db"
    for leftover in out.glob("everycall.db*"):
        leftover.unlink()
    for args in (
        ["init"],
        ["import", "places", str(out / "places.csv")],
        ["import", "areas", str(out / "areas.geojson"), "--id-field", "code", "--name-field", "name"],
        ["import", "priorities", str(out / "priorities.json")],
        ["import", "flags", str(out / "flags.csv")],
        ["import", "calls", str(out / "calls.csv"), "--mapping", str(out / "mapping.toml")],
    ):
        click.echo(f"$ everycall {' '.join(args)}", err=True)
        everycall.main([*args, "--store", str(store)], standalone_mode=False)
    from everycall.force import Force

    return Force.open(str(store))


def _assess(data: dict[str, Any], force: Force) -> Assessment:
    """Assess a new call as of the moment it comes in."""
    from everycall.call import read_call
    from everycall.taking import take_call

    return take_call(read_call(data), force, now()).assessment
