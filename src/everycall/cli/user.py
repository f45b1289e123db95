"""``everycall user``: the people who may sign in, and what they are."""

from __future__ import annotations

import sys

import click

from everycall.cli.common import now, store_option

_password = click.option(
    "--password-stdin",
    is_flag=True,
    help="Read the password from standard input; asked for at a terminal otherwise.",
)


def _asked(from_stdin: bool) -> str:
    """Return a password; never as an option, which other users of the machine could read."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise click.UsageError(
            "there is no terminal to ask for the password at: send it with --password-stdin"
        )
    chosen: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return chosen


@click.group("user")
def command() -> None:
    """People who may sign in. The first is an administrator."""


@command.command("add")
@click.argument("name")
@click.option("--role", default=None, help="What they are; the first is an administrator.")
@click.option("--district", default=None, help="Where a neighbourhood officer works, as calls name it.")
@click.option(
    "--subject", default=None, help="'ISSUER SUBJECT' at the force's own sign-in; then no password is asked."
)
@_password
@store_option
def add(
    name: str, role: str | None, district: str | None, subject: str | None, password_stdin: bool, store: str
) -> None:
    """Add a person."""
    from everycall.accounts import people
    from everycall.store.store import Store

    connection = Store(store).connection
    password = None if subject and not password_stdin else _asked(password_stdin)
    person = people.add(connection, name, role, now(), password, district, subject)
    click.echo(f"{person.name} may sign in as {person.role.replace('_', ' ')}", err=True)


@command.command("list")
@store_option
def everybody(store: str) -> None:
    """Print who may sign in: name, role, district, and whether the account is closed."""
    from everycall.accounts import people
    from everycall.store.store import Store

    for person in people.everybody(Store(store).connection):
        state = "closed" if person.closed_at else "open"
        click.echo("\t".join((person.name, person.role, person.district or "", state)))


@command.command("change")
@click.argument("name")
@click.option("--role", default=None, help="Another role.")
@click.option("--district", default=None, help="Another district.")
@click.option("--password", "new_password", is_flag=True, help="Another password, asked for.")
@_password
@store_option
def change(
    name: str, role: str | None, district: str | None, new_password: bool, password_stdin: bool, store: str
) -> None:
    """Change a person's role, district or password; they must sign in again."""
    from everycall.accounts import people
    from everycall.store.store import Store

    connection = Store(store).connection
    password = _asked(password_stdin) if new_password or password_stdin else None
    person = people.change(connection, name, role, password, district)
    click.echo(f"{person.name} is {person.role.replace('_', ' ')} and must sign in again", err=True)


@command.command("close")
@click.argument("name")
@store_option
def close(name: str, store: str) -> None:
    """Close an account; what was done by it stays in the record."""
    from everycall.accounts import people
    from everycall.store.store import Store

    people.close(Store(store).connection, name, now())
    click.echo("closed", err=True)
