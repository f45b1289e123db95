"""``everycall import``: whole files of history, flags, areas, places and priorities."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from everycall.cli.common import log_processing, now, progress, store_option
from everycall.counted import counted

if TYPE_CHECKING:
    from everycall.intake.checked import Checked
    from everycall.loading.files import Loaded

_files = click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
_file = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
_skip_bad = click.option(
    "--skip-bad",
    is_flag=True,
    help="Leave out rows that cannot be used and write them, with reasons, to a file.",
)


@click.group("import")
def command() -> None:
    """Load whole files. Each is checked to its last row first: with one bad row nothing of it is stored.

    Run again after a break: what is there already is not taken twice, later files update.
    """


def _notes(checked: Checked) -> None:
    for note in checked.notes[:20]:
        click.echo(f"note: {note}", err=True)
    more = len(checked.notes[20:]) + checked.more_notes
    if more:
        click.echo(f"note: {checked.name}: and {more} notes more", err=True)


def _refused_to(path: Path, checked: Checked, skip_bad: bool) -> Path | None:
    if not skip_bad or checked.usable == checked.rows:
        return None
    whole = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    kind = ".jsonl" if whole.suffix.lower() in (".jsonl", ".ndjson") else ".csv"
    to = whole.with_suffix(
        ".refused" + kind
    )  # only the last ending goes: calls.2024.csv is not calls.2025.csv
    refused = counted(
        checked.rows - checked.usable,
        "row refused; it stands with its",
        "rows refused; they stand with their",
    )
    click.echo(f"{refused} reasons in {to.name}", err=True)
    return to


def _load(
    what: str,
    files: tuple[Path, ...],
    skip_bad: bool,
    check: Callable[[Path], Checked],
    take: Callable[[Path, Callable[[int], None], Path | None], Loaded],
) -> None:
    from everycall.loading.files import Loaded, refuse_unusable

    checked = [check(path) for path in files]
    if not skip_bad:
        refuse_unusable(checked)
    done, started = Loaded(0, 0, 0, 0), perf_counter()
    with progress(what, sum(one.usable for one in checked)) as told:
        for path, one in zip(files, checked, strict=True):
            _notes(one)
            done += take(path, told, _refused_to(path, one, skip_bad))
    seconds = perf_counter() - started
    _end(what, done, seconds)


def _end(what: str, done: Loaded, seconds: float, checked_in: float | None = None) -> None:
    """Say what an import did, and how fast."""
    checked = "" if checked_in is None else f", checked before in {checked_in:,.1f} s"
    click.echo(
        f"{counted(done.rows, what.removesuffix('s'), what)}: {done.new:,} new, {done.changed:,} changed, "
        f"{done.same:,} as they were "
        f"({done.rows / max(seconds, 1e-9):,.0f} rows a second{checked})",
        err=True,
    )


@command.command("calls")
@_files
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Names a force's own columns.",
)
@_skip_bad
@click.option(
    "--read-words/--no-read-words", default=True, help="Read the logs too, so that nothing is left unread."
)
@store_option
def calls(
    files: tuple[Path, ...], mapping: Path | None, skip_bad: bool, read_words: bool, store: str
) -> None:
    """History: CSV, JSONL or Parquet of calls (docs/import.md)."""
    from everycall.force import Force
    from everycall.intake.mapping import read_mapping
    from everycall.loading.calls import checked_calls, take_checked
    from everycall.loading.checking import write_refused
    from everycall.loading.files import refuse_unusable
    from everycall.loading.processes import stand_back
    from everycall.store.databases import is_postgresql
    from everycall.store.modes import only_invented

    force = Force.open(store)
    only_invented(force.store.connection, "an import of calls")
    if is_postgresql(force.store.where):  # on SQLite whoever writes holds the whole store: it must end soon
        stand_back()
    mapped = read_mapping(mapping) if mapping else None
    started = perf_counter()
    with ExitStack() as stack:
        with progress("calls checked", None) as told:
            found, aside = stack.enter_context(checked_calls(files, mapped, force, told))
        checked_in = perf_counter() - started
        if not skip_bad:
            refuse_unusable(one.checked for one in found)
        for one in found:
            _notes(one.checked)
            to = _refused_to(one.path, one.checked, skip_bad)
            if to is not None:
                write_refused(one, aside.spool, to)
        with progress("calls", sum(one.checked.usable for one in found)) as told:
            done = take_checked(found, aside, force, now, told)
    _end("calls", done, perf_counter() - started - checked_in, checked_in)
    if done.new or done.changed:
        files_told = [f"{counted(one.checked.usable, 'call')} of {one.path.name}"[:100] for one in found]
        log_processing(force, {"collection": files_told}, "import of calls")
    if read_words:
        from everycall.cli.words import read_all

        read_all(force)


@command.command("flags")
@_files
@_skip_bad
@store_option
def flags(files: tuple[Path, ...], skip_bad: bool, store: str) -> None:
    """What other systems know: CSV or JSONL of flags."""
    from everycall.force import Force
    from everycall.intake.flags import check_flags
    from everycall.loading import files as loading
    from everycall.store.modes import only_invented

    force = Force.open(store)
    only_invented(force.store.connection, "an import of flags")
    _load(
        "flags",
        files,
        skip_bad,
        check_flags,
        lambda path, told, bad: loading.load_flags(path, force, now, told, bad),
    )


@command.command("places")
@_files
@_skip_bad
@store_option
def places(files: tuple[Path, ...], skip_bad: bool, store: str) -> None:
    """Postcodes or UPRNs with their positions (Code-Point Open's columns understood)."""
    from everycall.force import Force
    from everycall.intake.places import check_places
    from everycall.loading import files as loading

    force = Force.open(store)
    _load(
        "places",
        files,
        skip_bad,
        check_places,
        lambda path, told, bad: loading.load_places(path, force, now, told, bad),
    )


@command.command("police-uk")
@_files
@_skip_bad
@store_option
def police_uk(files: tuple[Path, ...], skip_bad: bool, store: str) -> None:
    """Street-level CSV of data.police.uk, for rates and maps: never matched to a person or a place."""
    from everycall.force import Force
    from everycall.intake.police_uk import check_police_uk
    from everycall.loading import files as loading
    from everycall.store.modes import only_invented

    force = Force.open(store)
    only_invented(force.store.connection, "an import of incidents")
    _load(
        "street incidents",
        files,
        skip_bad,
        check_police_uk,
        lambda path, told, bad: loading.load_police_uk(path, force, told, bad),
    )


@command.command("areas")
@_file
@click.option("--id-field", required=True, help="The property that holds an area's id.")
@click.option("--name-field", required=True, help="The property that holds its name.")
@store_option
def areas(file: Path, id_field: str, name_field: str, store: str) -> None:
    """Beats, wards or neighbourhoods: GeoJSON."""
    from everycall.force import Force
    from everycall.intake.areas import read_area_file
    from everycall.loading import files as loading

    force = Force.open(store)
    done = loading.load_areas(read_area_file(file, id_field, name_field), force, now())
    click.echo(
        f"{counted(done.rows, 'area')}: {done.new:,} new or changed, {done.same:,} as they were", err=True
    )


@command.command("priorities")
@_file
@store_option
def priorities(file: Path, store: str) -> None:
    """Local priorities: JSON or GeoJSON (docs/priorities.md), or those of data.police.uk, as drafts."""
    from everycall.force import Force
    from everycall.intake.priorities import read_priority_file
    from everycall.loading import files as loading

    force = Force.open(store)
    read = read_priority_file(file, loading.area_ids(force, now()))
    done = loading.load_priorities(read, force, now())
    drafts = sum(one.status == "draft" for one in read)
    click.echo(
        f"{counted(done.rows, 'priority', 'priorities')}: {done.new:,} new or changed, {done.same:,} as they were",
        err=True,
    )
    if drafts:
        click.echo(f"{drafts} are drafts and match nothing until a person completes them", err=True)
