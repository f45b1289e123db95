"""``everycall identity``: a person's word about two calls; the model by which people are found, and who is who."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from everycall.cli.common import Amount, log_processing, now, store_option, who
from everycall.counted import counted

if TYPE_CHECKING:
    from everycall.force import Force

F = TypeVar("F", bound=Callable[..., Any])

_by = click.option("--by", default="command line", show_default=True, help="Who says so.")


@click.group("identity")
def command() -> None:
    """Who is who: a person's word on two calls (it binds until a later one), the model, and every person found."""


def _say(ref_a: str, ref_b: str, same: bool, by: str, store: str) -> None:
    from everycall.errors import InputError, Problem
    from everycall.force import Force
    from everycall.store import reference
    from everycall.store.calls import current
    from everycall.store.writing import writing

    force = Force.open(store)
    known = current(force.store.connection, [ref_a, ref_b])
    missing = [
        Problem(name, "is no call in this store")
        for name, ref in (("first REF", ref_a), ("second REF", ref_b))
        if ref not in known
    ]
    if ref_a == ref_b:
        missing.append(Problem("REF", "the two are one call"))
    if missing:
        raise InputError("the two calls cannot be compared", missing)
    with writing(force.store.connection):
        reference.say_same(force.store.connection, ref_a, ref_b, same, by, now())
        log_processing(
            force, {"combination": [ref_a, ref_b]}, f"{by} says {'one human' if same else 'two humans'}"
        )
    click.echo("kept: the same person" if same else "kept: different people", err=True)


@command.command("same")
@click.argument("ref_a", metavar="REF")
@click.argument("ref_b", metavar="REF")
@_by
@store_option
def same(ref_a: str, ref_b: str, by: str, store: str) -> None:
    """The victims of two calls are one human."""
    _say(ref_a, ref_b, True, by, store)


@command.command("different")
@click.argument("ref_a", metavar="REF")
@click.argument("ref_b", metavar="REF")
@_by
@store_option
def different(ref_a: str, ref_b: str, by: str, store: str) -> None:
    """The victims of two calls are two humans."""
    _say(ref_a, ref_b, False, by, store)


@command.command("evidence")
@store_option
def evidence(store: str) -> None:
    """What people confirmed and denied beside what the model says of the same calls: its precision in use."""
    from everycall.force import Force
    from everycall.model_in_use import evidence as weigh

    force = Force.open(store)
    told = {tier: found.as_dict() for tier, found in weigh(force).items()}
    click.echo(json.dumps({"model": force.made_with().identity_model, **told}))


@command.command("train")
@click.option("--most", default=1_000_000, show_default=True, help="How many mentions to learn from at most.")
@click.option(
    "--seed", default=1, show_default=True, help="Which persons are drawn; the same seed, the same model."
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the model to a file too.")
@click.option("--dry-run", is_flag=True, help="Do not put the model to use.")
@store_option
def train(most: int, seed: int, out: Path | None, dry_run: bool, store: str) -> None:
    """Learn the identity model from the force's own history, and work with it."""
    from everycall.force import Force
    from everycall.identity.artefact import seal, unseal
    from everycall.store.kept_model import use_model
    from everycall.sweep.engine import need

    need("duckdb")
    need("training")
    from everycall.localtime import local_date
    from everycall.sweep.duckdb_engine import DuckDB
    from everycall.sweep.history import bring
    from everycall.training.train import train as learn

    force = Force.open(store)
    limits = force.policy.rules.search
    with closing(DuckDB()) as engine:
        bring(engine, force.store.connection, limits, local_date(now()))
        made = learn(engine, force.model, limits, f"trained {now():%Y-%m-%d}", most, seed)
    text = seal(made.data)
    model = unseal(text, "the model just made")
    if out:
        out.write_text(text, "utf-8")
    if not dry_run:
        use_model(force.store, text, model.name, model.sha256, now())
    click.echo(json.dumps({"model": model.name, "sha256": model.sha256, **made.data["trained_on"]}))
    click.echo(
        f"learned from {counted(made.mentions, 'mention')} of {counted(made.persons, 'person')}; "
        + ("not put to use" if dry_run else "in use from now on: 'everycall identity use shipped' goes back"),
        err=True,
    )


@command.command("use")
@click.argument("model", metavar="FILE|shipped")
@store_option
def use(model: str, store: str) -> None:
    """Work with a model from a file, or again with the one that comes with Everycall."""
    from everycall.errors import InputError, PackError, Problem
    from everycall.force import Force
    from everycall.identity.artefact import unseal
    from everycall.store.kept_model import use_model, use_shipped_model
    from everycall.store.store import Store

    if model == "shipped":
        use_shipped_model(Store(store))
        click.echo("the model that comes with Everycall is in use", err=True)
        return
    path = Path(model)
    if not path.is_file():
        raise click.BadParameter(f"there is no file {model}", param_hint="FILE|shipped")
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise PackError(
            "the identity model cannot be used", [Problem(path.name, "is not UTF-8 text")]
        ) from None
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}") from None
    read = unseal(text, path.name)
    use_model(Force.open(store).store, text, read.name, read.sha256, now())
    click.echo(f"{read.name} is in use", err=True)


def _export(what: F) -> F:
    purpose = click.option(
        "--purpose", default=None, help="What the export is for, as it will stand in the log."
    )
    return purpose(
        click.option("--recipient", default=None, help="Who gets it, as it will stand in the log.")(what)
    )


def _reasons(purpose: str | None, recipient: str | None) -> tuple[str, str]:
    """Return what an export is for and who gets it, asked for at a terminal; a program that does not tell is noted."""
    from everycall.access.exporting import check_reasons

    if sys.stdin.isatty():
        purpose = purpose or click.prompt("What is the export for", err=True)
        recipient = recipient or click.prompt("Who gets it", err=True)
    missing = [name for name, told in (("--purpose", purpose), ("--recipient", recipient)) if told is None]
    if missing:
        click.echo(f"note: without {' and '.join(missing)}: the processing log says so", err=True)
    purpose = "purpose not told" if purpose is None else purpose
    recipient = "recipient not told" if recipient is None else recipient
    check_reasons(purpose, recipient)
    return purpose, recipient


def _log_export(force: Force, out: Path, rows: int, reasons: tuple[str, str]) -> None:
    from everycall.access.exporting import log_export

    log_export(force.store.connection, who(), out, rows, *reasons, force.salts, now())


@command.command("persons")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@_export
@store_option
def persons(out: Path, purpose: str | None, recipient: str | None, store: str) -> None:
    """Write every mention with its person, household and place: Parquet or CSV. New calls are joined first."""
    from everycall.force import Force
    from everycall.sweep.engine import need

    need("duckdb")
    from everycall.localtime import local_date
    from everycall.sweep.engine import open_engine
    from everycall.sweep.export import check_ending, persons_table, write
    from everycall.sweep.run import sweep

    check_ending(out)
    reasons = _reasons(purpose, recipient)
    force = Force.open(store)
    limits = force.policy.rules.search
    with closing(open_engine("duckdb")) as engine:
        sweep(engine, force.store.connection, force.model, limits, now())
        table = persons_table(engine, force.store.connection, limits, force.model, local_date(now()))
    write(table, out)
    _log_export(force, out, table.num_rows, reasons)
    click.echo(f"{counted(table.num_rows, 'mention is', 'mentions are')} in {out.name}", err=True)


@command.command("pairs")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--at-least",
    type=Amount(0, 1, max_open=True),
    default=0.0,
    help="Leave out pairs of a lower probability.",
)
@_export
@store_option
def pairs(out: Path, at_least: float, purpose: str | None, recipient: str | None, store: str) -> None:
    """Write every scored pair of mentions with its weight, probability and tier: Parquet or CSV."""
    from everycall.force import Force
    from everycall.sweep.engine import need

    need("duckdb")
    from everycall.localtime import local_date
    from everycall.sweep.engine import open_engine
    from everycall.sweep.export import check_ending, pairs_table, write

    check_ending(out)
    reasons = _reasons(purpose, recipient)
    force = Force.open(store)
    limits, today = force.policy.rules.search, local_date(now())
    with closing(open_engine("duckdb")) as engine:
        table = pairs_table(engine, force.store.connection, force.model, limits, today, at_least)
    write(table, out)
    _log_export(force, out, table.num_rows, reasons)
    click.echo(f"{counted(table.num_rows, 'pair is', 'pairs are')} in {out.name}", err=True)


@command.command("why")
@click.argument("ref_a", metavar="REF")
@click.argument("ref_b", metavar="REF")
@click.option(
    "--svg", type=click.Path(path_type=Path, file_okay=False), help="A folder for a drawing of each pair."
)
@store_option
def why(ref_a: str, ref_b: str, svg: Path | None, store: str) -> None:
    """Tell weight by weight how surely the people of two calls are one human: fields by name, never their values."""
    from math import log2

    from everycall.call import read_call
    from everycall.errors import InputError, Problem
    from everycall.force import Force
    from everycall.identity.compare import compare
    from everycall.identity.mention import LOCATION, mentions_of
    from everycall.identity.why_drawn import as_svg, in_words
    from everycall.localtime import local_date
    from everycall.store.calls import current

    force = Force.open(store)
    known = current(force.store.connection, [ref_a, ref_b])
    named = (("first REF", ref_a), ("second REF", ref_b))
    missing = [Problem(name, "is no call in this store") for name, ref in named if ref not in known]
    if missing:
        raise InputError("the two calls cannot be compared", missing)
    log_processing(
        force, {"consultation": [ref_a, ref_b], "combination": [ref_a, ref_b]}, "why one human, or not"
    )
    one, other = (read_call(json.loads(known[ref].payload), ref).call for ref in (ref_a, ref_b))
    population = force.policy.rules.search.population
    for mine in mentions_of(one):
        for theirs in mentions_of(other):
            if LOCATION in (mine.which, theirs.which):
                continue
            days = local_date(one.received_at), local_date(other.received_at)
            score = compare(mine, theirs, *days, force.model)
            pair = {
                "mention_a": mine.which,
                "mention_b": theirs.which,
                "probability": score.probability(population),
            }
            click.echo(json.dumps({**pair, "why": in_words(score, log2(population))}))
            if svg:
                svg.mkdir(parents=True, exist_ok=True)
                name = f"{mine.which}-{theirs.which}.svg".replace(" ", "-")
                (svg / name).write_text(as_svg(score, log2(population)), "utf-8")
