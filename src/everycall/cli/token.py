"""``everycall token``: the systems that may come in through the API, and what they may do."""

from __future__ import annotations

from datetime import timedelta

import click

from everycall.cli.common import now, store_option


@click.group("token")
def command() -> None:
    """Tokens by which other systems use the API. A token is told once; only a hash of it is kept."""


@command.command("add")
@click.argument("system")
@click.option("--scope", "scopes", multiple=True, required=True, help="What it may do; may be given again.")
@click.option(
    "--days", type=click.IntRange(1, 3660), default=365, show_default=True, help="How long it holds."
)
@store_option
def add(system: str, scopes: tuple[str, ...], days: int, store: str) -> None:
    """Make a token for SYSTEM and print it."""
    from everycall.accounts import tokens
    from everycall.store.store import Store

    at = now()
    click.echo(tokens.make(Store(store).connection, system, scopes, at, at + timedelta(days=days)))
    click.echo("keep it where that system alone can read it: it is not told again", err=True)


@command.command("list")
@store_option
def every(store: str) -> None:
    """Print every token's label, system, scopes, and until when it holds."""
    from everycall.accounts import tokens
    from everycall.store.store import Store

    at = now()
    for token in tokens.every(Store(store).connection):
        until = token.expires_at.isoformat() if token.expires_at else "no end"
        state = "revoked" if token.revoked_at else until if token.holds(at) else "expired"
        click.echo("\t".join((token.label, token.system, ",".join(sorted(token.scopes)), state)))


@command.command("rotate")
@click.argument("label")
@store_option
def rotate(label: str, store: str) -> None:
    """Print a new token with the same scopes; the old one goes on for a day."""
    from everycall.accounts import tokens
    from everycall.store.store import Store

    click.echo(tokens.rotate(Store(store).connection, label, now()))
    click.echo("the old one ends in 24 hours, or at once with 'everycall token revoke'", err=True)


@command.command("revoke")
@click.argument("label")
@store_option
def revoke(label: str, store: str) -> None:
    """End a token: within a second nobody comes in by it."""
    from everycall.accounts import tokens
    from everycall.store.store import Store

    tokens.revoke(Store(store).connection, label, now())
    click.echo("revoked", err=True)
