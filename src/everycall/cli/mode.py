"""``everycall mode``: shadow or shown, and which parts are switched off."""

from __future__ import annotations

import click

from everycall.cli.common import store_option


@click.group("mode")
def command() -> None:
    """How a store is worked with. What serves it now goes on as it was until it is started again."""


@command.command("show")
@store_option
def show(store: str) -> None:
    """Say whether the store works in shadow, is for training, and which parts are switched off."""
    from everycall.store.modes import modes
    from everycall.store.store import Store

    known = modes(Store(store).connection)
    off = ", ".join(sorted(known.switched_off)) or "none"
    click.echo(f"shadow: {'yes' if known.shadow else 'no'}")
    click.echo(f"training: {'yes' if known.training else 'no'}")
    click.echo(f"switched off: {off}")


@command.command("shadow")
@store_option
def shadow(store: str) -> None:
    """Assess and measure every call, and show and tell nothing of it (docs/shadow-and-training.md)."""
    _set_shadow(store, True)
    click.echo("in shadow: 'everycall shadow report' says what it would have shown", err=True)


@command.command("live")
@store_option
def live(store: str) -> None:
    """Show what is found, from the next start of the server on."""
    _set_shadow(store, False)
    click.echo("live: what is found is shown", err=True)


@command.command("off")
@click.argument("parts", nargs=-1, required=True, metavar="PART...")
@store_option
def off(parts: tuple[str, ...], store: str) -> None:
    """Switch parts off: repeat, flags, "earlier logs", vulnerability, priorities, harm, questions.

    Each then says in every assessment that it could not look, which is never taken as having found nothing.
    """
    _switch(store, parts, False)


@command.command("on")
@click.argument("parts", nargs=-1, required=True, metavar="PART...")
@store_option
def on(parts: tuple[str, ...], store: str) -> None:
    """Switch parts on again."""
    _switch(store, parts, True)


def _set_shadow(store: str, on: bool) -> None:
    from everycall.store.modes import set_shadow
    from everycall.store.store import Store

    set_shadow(Store(store).connection, on)


def _switch(store: str, parts: tuple[str, ...], on: bool) -> None:
    from everycall.store.modes import switch
    from everycall.store.store import Store

    left = switch(Store(store).connection, parts, on).switched_off
    click.echo(f"switched off now: {', '.join(sorted(left)) or 'none'}", err=True)
