"""``everycall demo``: a made-up force, twenty calls assessed, one in full; then the screens are served."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from everycall.cli.common import now, pretend_it_is
from everycall.counted import counted
from everycall.localtime import LONDON

if TYPE_CHECKING:
    from everycall.assessment import Assessment
    from everycall.force import Force

UNTIL = datetime(2026, 6, 12, 20, 30, tzinfo=LONDON)
"""When the made-up history ends; the new calls follow within two hours."""

HERE = UNTIL + timedelta(hours=2)
"""When it is in the made-up force while it is shown: the history is fresh, and the new calls have just come in."""


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
@click.option(
    "--training",
    is_flag=True,
    help="For training: a banner, no real feed, and the new calls are left to be practised.",
)
@click.option("--no-serve", is_flag=True, help="Stop after printing the assessments.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Where to serve."
)
def command(
    calls: int,
    seed: int,
    out: Path,
    years: int | None,
    faults: tuple[str, ...],
    processes: int | None,
    only_make: bool,
    training: bool,
    no_serve: bool,
    port: int,
) -> None:
    """Make a made-up force (nobody in it exists), import it, assess twenty new calls, print them, serve the screens.

    The files are ordinary import files with the truth beside them. The store is made anew in the same folder.
    In however many processes it is made, the same calls and seed give the same bytes. On its screens it is the
    evening on which its history ends.
    """
    from rich.console import Console

    from everycall.demo.force import make_force
    from everycall.demo.practice import write_practice
    from everycall.demo.tour import tour
    from everycall.store.modes import mark_training

    made = make_force(calls, seed, out, UNTIL, years=years, faults=faults, processes=processes)
    click.echo(f"{counted(made.calls, 'call')} of {made.people:,} invented people are in {out}/", err=True)
    for fault, touched in made.faults.items():
        click.echo(f"planted: {fault}, in {counted(touched, 'call')}", err=True)
    if only_make:
        return
    pretend_it_is(HERE)
    click.get_current_context().call_on_close(lambda: pretend_it_is(None))
    force = _load(out)
    if training:
        mark_training(force.store.connection, invented=True)
        click.echo(f"for training: the calls to practise stand in {write_practice(out)}", err=True)
        if not no_serve:
            _serve(force, out, port)
        return
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
        _serve(force, out, port)
    if toured.missed:
        sys.exit(1)


def _serve(force: Force, out: Path, port: int) -> None:
    """Add an account for each role and serve on this machine alone until told to stop."""
    import secrets

    from everycall.accounts import people
    from everycall.cli.serve import serve
    from everycall.serving.ground import open_ground

    password = secrets.token_urlsafe(12)
    for role in sorted(people.ROLES, key=lambda role: role != "administrator"):
        people.add(force.store.connection, role, role, now(), password)
    force.store.close()
    store = out / "everycall.db"
    names = ", ".join(people.ROLES)
    note = (
        f"Sign in as {names}: the password of each is {password}\n"
        f"It is {HERE:%H:%M} on {HERE.day} {HERE:%B %Y} there, and nobody exists. Ctrl-C stops it."
    )
    serve(open_ground(str(store), now, Path(f"{store}-aside")), "127.0.0.1", port, note=note)


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
