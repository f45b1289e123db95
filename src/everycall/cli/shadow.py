"""``everycall shadow report``: what would have been shown, before anything is."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from everycall.cli.common import Day as DayOption
from everycall.cli.common import now, store_option

if TYPE_CHECKING:
    from everycall.policy.grades import Grades
    from everycall.shadow_report import Day, Share

_USUAL_DAYS = 28


@click.group("shadow")
def command() -> None:
    """A force's first weeks: calls are assessed and measured, nothing is shown ('everycall mode shadow')."""


@command.command("report")
@click.option("--from", "first", type=DayOption(), default=None, help="The first local day; four weeks back.")
@click.option("--to", "last", type=DayOption(), default=None, help="The last local day; today.")
@click.option("--json", "as_json", is_flag=True, help="JSON, and not a table.")
@store_option
def report(first: date | None, last: date | None, as_json: bool, store: str) -> None:
    """Say, day by day, how many calls would have had which alert, how far the grades agree, and how long it took.

    Of each call its last assessment counts. It names nobody.
    """
    from everycall.force import load_policy
    from everycall.localtime import local_date
    from everycall.policy.load import pack_directory
    from everycall.shadow_report import report as made
    from everycall.store.store import Store

    end = last or local_date(now())
    begin = first or end - timedelta(days=_USUAL_DAYS - 1)
    if begin > end:
        raise click.BadParameter(f"{begin} is after {end}, the last day", param_hint="--from")
    opened = Store(store)
    grades = load_policy(pack_directory(opened.policy)).pack.grades
    days, whole = made(opened.connection, begin, end)
    if as_json:
        told = {
            "from": begin.isoformat(),
            "to": end.isoformat(),
            "all": whole.as_dict(grades),
            "days": {day.isoformat(): one.as_dict(grades) for day, one in days.items()},
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    _print(begin, end, days, whole, grades)


def _print(begin: date, end: date, days: dict[date, Day], whole: Day, grades: Grades) -> None:
    from everycall.shadow_report import ALERTS, Share, agreement, percentiles

    click.echo(f"Calls assessed from {begin} to {end}: {whole.calls}")
    if not whole.calls:
        return
    click.echo(f"with any alert: {_share(Share(whole.with_alert, whole.calls))}")
    for kind in ALERTS:
        click.echo(f"  {kind.replace('_', ' '):<16}{_share(Share(whole.alerts[kind], whole.calls))}")
    click.echo(f"alerts in 100 calls: {100 * sum(whole.alerts.values()) / whole.calls:.1f}")
    click.echo(f"a part could not look: {_share(Share(whole.could_not_look, whole.calls))}")
    click.echo("\nGrade given and grade recommended:")
    for name, share in agreement(whole.grades, grades).items():
        click.echo(f"  {name.replace('_', ' '):<20}{_share(share)}")
    for (given, recommended), many in sorted(whole.grades.items()):
        click.echo(f"  given {given}, recommended {recommended}: {many}")
    took = percentiles(whole.took_ms)
    click.echo("\nMilliseconds an assessment took: " + ", ".join(f"{name} {ms}" for name, ms in took.items()))
    click.echo("\nday         calls  with alert  alerts in 100  median ms")
    for day, one in days.items():
        alerts = 100 * sum(one.alerts.values()) / one.calls
        median = percentiles(one.took_ms)["median"]
        click.echo(f"{day}  {one.calls:>5}  {one.with_alert:>10}  {alerts:>13.1f}  {median:>9}")


def _share(share: Share) -> str:
    if share.interval is None:
        return "none to compare"
    low, high = share.interval
    percent = 100 * share.many / share.of
    return f"{share.many} of {share.of}, {percent:.1f} % (95 in 100: {100 * low:.1f} to {100 * high:.1f})"
