"""The command ``everycall``: names, help and exit codes; what a command needs is imported when it runs."""

from __future__ import annotations

import gc
import importlib
import logging
import os
import sys
import traceback
from typing import Any

import click

from everycall import __version__
from everycall.errors import EverycallError, InputError

COMMANDS = {
    "init": ("everycall.cli.init", "Make a new store with a policy pack."),
    "import": ("everycall.cli.importing", "Load history, flags, areas, places and priorities."),
    "watch": ("everycall.cli.watch", "Take files of calls from a folder as they come."),
    "assess": ("everycall.cli.assess", "Assess calls and print one assessment a line."),
    "webhook": ("everycall.cli.webhook", "The systems that are told of assessments and decisions."),
    "serve": ("everycall.cli.serve", "Serve the screens and the API."),
    "mode": ("everycall.cli.mode", "Shadow or shown, and which parts are switched off."),
    "shadow": ("everycall.cli.shadow", "What would have been shown, before anything is."),
    "card": ("everycall.cli.card", "Write the paper on which calls are taken when all is down."),
    "schema": ("everycall.cli.schema", "Print the JSON Schema of what comes in and goes out."),
    "user": ("everycall.cli.user", "The people who may sign in, and what they are."),
    "token": ("everycall.cli.token", "The systems that may use the API, and what they may do."),
    "identity": ("everycall.cli.identity", "Who is who: a person's word, the model, every person found."),
    "sweep": ("everycall.cli.sweep", "Look through the history for repeat victims nobody recognised."),
    "inspect": (
        "everycall.cli.inspecting",
        "How consistently was it done: history, samples, reviews, a report.",
    ),
    "policy": ("everycall.cli.policy", "Check or show a policy pack."),
    "record": ("everycall.cli.record", "Verify the record, keep a checkpoint, make the past again."),
    "backup": ("everycall.cli.backup", "Write the whole store into one file, while calls come in."),
    "restore": ("everycall.cli.restore", "Put a backup into a new store, checked."),
    "upgrade": ("everycall.cli.upgrade", "Bring a store that an older Everycall made up to date."),
    "words": ("everycall.cli.words", "What a text says and why; read the logs of the history."),
    "demo": ("everycall.cli.demo", "Make a made-up force, assess calls and show them."),
}


class Lazy(click.Group):
    """A group that imports a command's module only when that command runs, so that help comes at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return one command."""
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="everycall")
def everycall() -> None:
    """Everycall sits beside a police control room's call-taking.

    While a caller is still talking: have they suffered before, what puts them at risk, does it touch a local
    priority, how much harm, what to do, and what to ask next. It recommends; a named person decides.

    Data goes to standard output, words to standard error. Exit 0: done. 1: done, and something is wrong with what
    was looked at. 2: the input or the command is unusable.
    """


def tell(error: EverycallError) -> None:
    """Write an error and all its details to standard error."""
    click.echo(f"error: {error.message}", err=True)
    for detail in error.details:
        click.echo(f"  {detail}", err=True)


def main(args: list[str] | None = None) -> Any:
    """Run the command; every refusal is told in one form and exits with 2."""
    # starting makes much that lasts: looking for garbage in it costs a tenth
    gc.set_threshold(50_000, 20, 20)
    # what a part says of its failure stands in the assessment's problems; the log is for programs that want it
    logging.getLogger("everycall").addHandler(logging.NullHandler())
    try:
        return everycall.main(args=args, prog_name="everycall", standalone_mode=True)
    except EverycallError as error:
        tell(error)
        sys.exit(2)
    except BrokenPipeError:
        # whoever read our output has gone; nothing more to say, and Python must not complain at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:  # a fault of ours is told without what was said
        if isinstance(error, OSError) and error.filename is not None:  # a file or folder that was named
            tell(InputError(f"{error.filename} cannot be used: {error.strerror}"))
            sys.exit(2)
        if os.environ.get("EVERYCALL_DEBUG"):
            raise
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} in {frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}"
        told = f"error: a fault in Everycall itself ({where}); with EVERYCALL_DEBUG=1 it tells more"
        click.echo(told, err=True)
        sys.exit(2)
