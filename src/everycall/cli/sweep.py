"""``everycall sweep``: look through the whole history for repeat victims nobody recognised."""

from __future__ import annotations

import json
import sys
from contextlib import closing

import click

from everycall.cli.common import Amount, log_processing, now, store_option
from everycall.counted import counted


@click.command("sweep")
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="DuckDB on this machine, or Spark.",
)
@click.option("--whole", is_flag=True, help="Look at everybody again, not only at what is new.")
@click.option(
    "--memory",
    type=Amount(0.1),
    default=1.0,
    show_default=True,
    help="Gigabytes DuckDB may use before it spills to disk.",
)
@store_option
def command(engine: str, whole: bool, memory: float, store: str) -> None:
    """Link the history and tell which victims were repeat victims at the time and not recognised, one JSON a line."""
    from everycall.sweep.engine import need

    need(engine)
    from everycall.force import Force
    from everycall.sweep.engine import open_engine
    from everycall.sweep.households import find_households
    from everycall.sweep.run import sweep
    from everycall.sweep.unrecognised import unrecognised
    from everycall.uncollected import uncollected

    force = Force.open(store)
    rules = force.policy.rules
    with closing(open_engine(engine, memory)) as working, uncollected():
        done = sweep(working, force.store.connection, force.model, rules.search, now(), whole)
        households = find_households(working, rules.search, force.model, done.person_of)
        only = None if done.whole else done.new
        missed = list(unrecognised(working, force.store.connection, rules, done.person_of, households, only))
    shown = sorted({ref for one in missed for ref, _ in one.calls})
    log_processing(force, {"combination": ["every call"], "consultation": shown}, "a sweep of the history")
    for one in missed:
        click.echo(json.dumps(one.as_dict()))
    looked = "the whole history" if done.whole else "what is new"
    click.echo(
        f"looked at {looked}: {counted(done.mentions, 'mention')} of {counted(done.persons, 'person')}; "
        f"{done.changed:,} passed to another person, {done.reviews:,} to be reviewed; "
        f"{counted(len(missed), 'victim was', 'victims were')} not recognised",
        err=True,
    )
    sys.exit(1 if missed else 0)
