"""``everycall inspect``: how consistently was it done, what should be reviewed, and did it change?"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from everycall.cli.common import Amount, Day, log_processing, no_store_option, now, progress, store_option
from everycall.counted import counted

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)
_NEW = click.Path(path_type=Path, dir_okay=False)


@click.group("inspect")
def command() -> None:
    """See how consistently repeat and vulnerable victims were recognised, and calls graded.

    In this order: backfill assesses the history as it stood; plan says how many calls to review; sample draws them and
    writes the form; report counts; compare sets two reports side by side. No file names anybody or repeats a word.
    """


@command.command("backfill")
@click.argument("out", type=_NEW)
@click.option("--from", "first", type=Day(), required=True, help="The first local day.")
@click.option("--to", "last", type=Day(), required=True, help="The last local day.")
@click.option(
    "--log-minutes",
    type=click.IntRange(0, 10_080),
    default=60,
    show_default=True,
    help="Leave out lines of the log written later than this after the call came in.",
)
@store_option
def backfill(out: Path, first: date, last: date, log_minutes: int, store: str) -> None:
    """Assess each call as it stood when it came in; write a line of codes a call to OUT (JSONL).

    Broken off, it goes on where it stopped: run it again with the same OUT. Nothing is recorded of the calls.
    """
    from everycall.inspection import backfill as run
    from everycall.inspection.as_it_stood import ForceThen

    if first > last:
        raise click.BadParameter(f"{first} is after {last}, the last day", param_hint="--from")
    if first.year < _FIRST_YEAR or last.year > _LAST_YEAR:
        raise click.BadParameter(
            f"no call is before {_FIRST_YEAR} or after {_LAST_YEAR}", param_hint="--from, --to"
        )
    force = ForceThen.open(store)
    wanted = run.Wanted(first, last, log_minutes)
    begins = run.head(wanted, force)
    there = out.exists() and out.stat().st_size > 0
    done = run.done_before(out, begins) if there else run.Done()
    log_processing(
        force, {"combination": ["every call"], "consultation": ["every call"]}, "an inspection's backfill"
    )
    many, left = 0, run.count_left(force, wanted, done)
    try:
        with out.open("a", encoding="utf-8") as file, progress("calls assessed", left) as told:
            if out.stat().st_size == 0:
                file.write(json.dumps(begins) + "\n")
            for line in run.backfill(force, wanted, done, now()):
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                many += 1
                told(1)
    except KeyboardInterrupt:
        click.echo(
            f"stopped: {many:,} assessed, {counted(left - many, 'call is', 'calls are')} left; "
            f"the same command again goes on with {out.name}",
            err=True,
        )
        sys.exit(1)
    before = f", {done.many:,} were there before" if done.many else ""
    click.echo(f"calls assessed as they stood: {many:,}{before}; they are in {out.name}", err=True)


@command.command("plan")
@click.option(
    "--points", type=Amount(0.5, 50), default=5.0, show_default=True, help="Exact to so many points."
)
@click.option(
    "--share", type=Amount(0, 1, min_open=True, max_open=True), default=0.5, help="The share expected."
)
@click.option("--of", type=click.IntRange(1), default=None, help="How many calls there are to draw from.")
@click.option(
    "--before", type=Amount(0, 1), default=None, help="A share now; with --after: to show a change."
)
@click.option("--after", type=Amount(0, 1), default=None, help="The share that a change would lead to.")
@no_store_option
def plan(points: float, share: float, of: int | None, before: float | None, after: float | None) -> None:
    """Print how many calls to review."""
    from everycall.inspection.plan import for_a_change, for_a_share

    if (before is None) != (after is None):
        raise click.UsageError("--before and --after go together")
    told: dict[str, Any]
    if before is not None and after is not None:
        many = for_a_change(before, after)
        told = {"calls_each_time": many, "before": before, "after": after, "power": 0.8, "significance": 0.05}
        words = f"calls to review each time, to see a change from {before:g} to {after:g} four times in five: {many:,}"
    else:
        many = for_a_share(points, share, of)
        told = {"calls": many, "points": points, "share": share, "of": of}
        words = f"calls to review, for a share to within {points:g} points either side (95 in 100): {many:,}"
    click.echo(json.dumps(told))
    click.echo(words, err=True)


@command.command("sample")
@click.argument("backfilled", metavar="BACKFILL", type=_FILE)
@click.argument("out", type=_NEW)
@click.option("--size", type=click.IntRange(1), required=True, help="How many calls to draw.")
@click.option("--seed", required=True, help="Any words; the same draw the same calls again.")
@no_store_option
def sample(backfilled: Path, out: Path, size: int, seed: str) -> None:
    """Draw ASB calls at random from BACKFILL and write the form that reviewers fill in (CSV).

    It holds references alone: a reviewer looks at the call itself and is not told what was found.
    """
    from everycall.errors import InputError, Problem
    from everycall.inspection.backfill import read_lines
    from everycall.inspection.form import draw, write_form
    from everycall.inspection.measures import is_asb

    if out.exists():
        raise InputError(
            "the sample cannot be written", [Problem(out.name, "is there already: name a new file")]
        )
    kept = ("ref", "received_at")
    lines = [
        {name: line[name] for name in kept}
        for line in read_lines(backfilled)
        if "form" not in line and is_asb(line)
    ]
    drawn = draw(lines, size, seed)
    write_form(out, drawn)
    click.echo(f"calls drawn: {len(drawn):,} of {len(lines):,}; the form is {out.name}", err=True)
    if len(drawn) < size:
        click.echo(f"note: there are no more than {len(drawn):,}", err=True)


@command.command("report")
@click.argument("backfilled", metavar="BACKFILL", type=_FILE)
@click.argument("reviews", nargs=-1, type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="JSON, and not a table; what compare reads.")
@store_option
def report(backfilled: Path, reviews: tuple[Path, ...], as_json: bool, store: str) -> None:
    """Count what was asked, recognised and graded, of all calls of BACKFILL and of the REVIEWS filled in (CSV)."""
    from everycall.force import load_policy
    from everycall.inspection.backfill import read_lines
    from everycall.inspection.change import FORM
    from everycall.inspection.form import read_reviews
    from everycall.inspection.measures import MEASURES, agreement, of_history, of_reviews
    from everycall.policy.load import pack_directory
    from everycall.store.store import Store

    grades = load_policy(pack_directory(Store(store).policy)).pack.grades
    said = [one for path in reviews for one in read_reviews(path)]
    wanted, marked = {one.ref for one in said}, dict[str, dict[str, Any]]()
    begins: dict[str, Any] = {}

    def lines() -> Any:
        for line in read_lines(backfilled):
            if "form" in line:
                begins.update(line)
                continue
            if line["ref"] in wanted:
                marked[line["ref"]] = line
            yield line

    calls, history = of_history(lines(), grades)
    strangers = sorted(wanted - set(marked))
    reviewed, agree = of_reviews(said, marked), agreement(said)
    told = {
        "form": FORM,
        "backfill": {name: begins[name] for name in ("from", "to", "log_minutes", "made_with")},
        "calls": calls,
        "history": {name: one.as_dict() for name, one in history.items()},
        "reviews": {name: one.as_dict() for name, one in reviewed.items()},
        "agreement": agree,
    }
    if strangers:
        click.echo(f"note: reviewed calls that are not in {backfilled.name}: {len(strangers)}", err=True)
    if as_json:
        click.echo(json.dumps(told))
        return
    click.echo(f"ASB calls from {begins['from']} to {begins['to']}: {calls:,}")
    for name, one in history.items():
        click.echo(f"  {name:<52}{_share(one.as_dict())}")
        click.echo(f"    {MEASURES[name]}")
    if said:
        click.echo(f"\nCalls reviewed: {len(wanted):,}")
    for name, one in reviewed.items():
        click.echo(f"  {name:<52}{_share(one.as_dict())}")
    if any(one["pairs"] for one in agree.values()):
        click.echo("\nTwo reviewers of one call agree:")
    for question, two in agree.items():
        if two["pairs"]:
            told_words = f"{two['agree']:.2f} of {two['pairs']}, kappa {two['kappa']}, AC1 {two['ac1']}"
            click.echo(f"  {question:<52}{told_words}")


@command.command("compare")
@click.argument("earlier", type=_FILE)
@click.argument("later", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="JSON, and not a table.")
@no_store_option
def compare(earlier: Path, later: Path, as_json: bool) -> None:
    """Set two reports (written with report --json) side by side: what rose, what fell, what shows no change."""
    from everycall.inspection.change import change, read_report

    before, after = read_report(earlier), read_report(later)
    for name in [one for one in before if one in after]:
        found = change(before[name], after[name])
        if as_json:
            told: dict[str, Any] = {"measure": name, "before": before[name], "after": after[name]}
            if found is not None:
                ends = {"points": found.points, "low": found.low, "high": found.high}
                told |= {end: round(value, 1) for end, value in ends.items()}
            click.echo(json.dumps({**told, "verdict": found.verdict if found else "nothing to compare"}))
        elif found is None:
            click.echo(f"{name:<52}nothing to compare")
        else:
            span = f"{found.points:+.1f} points ({found.low:+.1f} to {found.high:+.1f})"
            click.echo(f"{name:<52}{span:<34}{found.verdict}")
    if only := sorted(set(before) ^ set(after)):
        click.echo(f"note: in one of the two alone: {', '.join(only)}", err=True)


def _share(one: dict[str, Any]) -> str:
    if not one["of"]:
        return "none to count"
    ends = f"95 in 100: {100 * one['low']:.1f} to {100 * one['high']:.1f}"
    return f"{one['many']:,} of {one['of']:,}, {100 * one['many'] / one['of']:.1f} % ({ends})"
