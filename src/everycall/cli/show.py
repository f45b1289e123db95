"""Print one assessment so that a tired handler can read it, with colour and without, on eighty columns."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from everycall.assessment import Assessment
from everycall.brief.lines import Line, brief
from everycall.cli.whole import whole


def show(
    assessment: Assessment, console: Console, full: bool = False, received_at: datetime | None = None
) -> None:
    """Print an assessment.

    Parameters
    ----------
    assessment
        What to print.
    console
        Where to. ``NO_COLOR``, dumb terminals and files get the same words and shapes without colour.
    full
        False: the short form only. True: then every part with reasons, evidence, incidents and near misses.
    received_at
        When the call came in (aware): what "4 days ago" is counted from. Without it dates are given.
    """
    console.print(Text(assessment.call_ref, style="bold"))
    console.print(lines_of(brief(assessment, received_at)))
    if full:
        for part in whole(assessment, received_at):
            console.print(part)


def lines_of(lines: list[Line]) -> Table:
    """Return lines as a grid: mark, label, words; long words wrap under their own column."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for line in lines:
        # Text, never markup: a log may hold square brackets.
        grid.add_row(
            Text(line.mark.shape, style=line.mark.style),
            Text(line.label, style=line.mark.style),
            Text(line.text),
        )
    return grid
