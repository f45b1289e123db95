"""``everycall webhook``: the systems that are told of assessments and decisions."""

from __future__ import annotations

import click

from everycall.cli.common import now, store_option


@click.group("webhook")
def command() -> None:
    """Systems that are told, as codes, signed, of assessments, decisions and broken glass."""


@command.command("add")
@click.argument("url")
@click.option(
    "--event", "events", multiple=True, required=True, help="What it is told of; may be given again."
)
@click.option(
    "--inside", is_flag=True, help="It is on the force's own network: a private address is allowed."
)
@store_option
def add(url: str, events: tuple[str, ...], inside: bool, store: str) -> None:
    """Tell URL, and print the secret that signs what it is sent."""
    from everycall.store.store import Store
    from everycall.telling import webhooks

    made, secret = webhooks.add(Store(store).connection, url, events, now(), inside)
    click.echo(secret)
    click.echo(f"webhook {made.number}: the secret is not told again", err=True)


@command.command("list")
@store_option
def every(store: str) -> None:
    """Print every webhook's number, URL and events."""
    from everycall.store.store import Store
    from everycall.telling import webhooks

    for one in webhooks.every(Store(store).connection):
        click.echo("\t".join((str(one.number), one.url, ",".join(one.events))))


@command.command("end")
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
@store_option
def end(number: int, store: str) -> None:
    """End a webhook."""
    from everycall.store.store import Store
    from everycall.telling import webhooks

    webhooks.end(Store(store).connection, number, now())
    click.echo("ended", err=True)
