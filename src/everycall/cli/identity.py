"""``everycall identity``: a person's word that two calls are, or are not, about one human."""

from __future__ import annotations

import click

from everycall.cli.common import now, store_option

_by = click.option("--by", default="command line", show_default=True, help="Who says so.")


@click.group("identity")
def command() -> None:
    """What a person says of two calls binds every later search, for ever; a later word replaces it."""


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
