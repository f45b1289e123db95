"""Every command says what it does, and every option what it is for."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from command import run, run_program
from everycall.cli.main import COMMANDS, everycall


def _commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        assert one is not None
        yield (*path, name), one
        if isinstance(one, click.Group):
            yield from _commands(one, (*path, name))


ALL = [pytest.param(path, one, id=" ".join(path)) for path, one in _commands(everycall)]


@pytest.mark.parametrize(("path", "command"), ALL)
def test_a_command_says_what_it_does(path: tuple[str, ...], command: click.Command) -> None:
    ran = run(*path, "--help")
    assert (ran.exit, ran.err) == (0, "")
    assert command.help
    assert command.help.split("\n\n")[0].rstrip().endswith("."), "a sentence"
    for option in command.params:
        if isinstance(option, click.Option) and option.name != "help":
            assert option.help, f"{option.name} has no help"
            assert option.help.rstrip().endswith((".", ")")), f"{option.name} is told in no sentence"


@pytest.mark.parametrize(("path", "command"), ALL)
def test_every_command_takes_the_stores_option(path: tuple[str, ...], command: click.Command) -> None:
    """Contract, "Commands": all take `--store`; the demo alone makes a store of its own."""
    if not isinstance(command, click.Group) and path != ("demo",):
        assert "--store" in {name for option in command.params for name in option.opts}


def test_the_first_page_names_every_command() -> None:
    ran = run("--help")
    for name, (_, about) in COMMANDS.items():
        assert name in ran.out
        assert about.split()[0] in ran.out


def test_the_program_helps_and_tells_its_version() -> None:
    assert run_program("--help").exit == 0
    version = run_program("--version")
    assert (version.exit, version.err) == (0, "")
    assert version.out.startswith("everycall, version ")


@pytest.mark.parametrize(
    "args", [("asses",), ("import", "call"), ("assess", "--dryrun", "-"), ("assess",), ("schema", "x")]
)
def test_a_command_that_is_none_exits_2_with_words_on_standard_error(args: tuple[str, ...]) -> None:
    ran = run(*args)
    assert (ran.exit, ran.out) == (2, "")
    assert "Error: " in ran.err


def test_no_command_at_all_shows_the_help() -> None:
    ran = run()
    assert "Commands:" in ran.out + ran.err
