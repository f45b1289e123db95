"""``everycall words``: what a text says and why, the lexicon's own examples, reading the history's logs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from everycall.cli.common import now, progress, store_option
from everycall.counted import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from everycall.force import Force
    from everycall.vulnerability.words.evaluate import Score
    from everycall.vulnerability.words.lexicon import Lexicon

_policy = click.option(
    "--policy", default=None, help="The pack whose own words count too; the store's own when not given."
)
_whose_policy = click.option(
    "--store",
    envvar="EVERYCALL_STORE",
    default=None,
    metavar="URL_OR_PATH",
    help="The store whose policy it is (or EVERYCALL_STORE); without one it is england_and_wales.",
)


def _lexicon(policy: str | None, store: str | None) -> Lexicon:
    """Return the words that count: of the policy that is named, of the store's, or of the default pack."""
    from everycall.force import load_lexicon
    from everycall.policy.load import DEFAULT, pack_directory

    if policy is None and store:
        from everycall.store.store import Store

        policy = Store(store).policy
    return load_lexicon(pack_directory(policy or DEFAULT))


@click.group("words")
def command() -> None:
    """What the words of a log say."""


def read_all(force: Force) -> None:
    """Read every log that is not yet read, with a progress bar."""
    from everycall.loading.words import read_words
    from everycall.store.words import count_unread

    todo = count_unread(force.store.connection, force.policy.lexicon.sha256)
    with progress("logs read", todo) as told:
        try:
            done = read_words(force, now, told)
        except KeyboardInterrupt:
            left = count_unread(force.store.connection, force.policy.lexicon.sha256)
            click.echo(
                f"stopped: {counted(left, 'log is', 'logs are')} not yet read; go on with 'everycall words read'",
                err=True,
            )
            sys.exit(1)
    if done:
        click.echo(f"{counted(done, 'log')} read", err=True)


@command.command("read")
@store_option
def read(store: str) -> None:
    """Read the logs of imported history; stopped at any time it goes on where it was."""
    from everycall.force import Force

    read_all(Force.open(store))


@command.command("explain")
@click.argument("text")
@_policy
@_whose_policy
def explain(text: str, policy: str | None, store: str | None) -> None:
    """What TEXT says, what it denies, about whom, and why."""
    from everycall.vulnerability.words.explain import explain as rows

    found = rows(text, _lexicon(policy, store))
    for row in found:
        told = [row.get(key, "") for key in ("assertion", "strength")]
        told += [
            f"{words} {row[key]}" for key, words in (("who", "about"), ("said_by", "said by")) if key in row
        ]
        quoted = f"'{row['words']}'  " if "words" in row else ""
        click.echo(f"line {row['line']}  {quoted}{row['says']}: {', '.join(part for part in told if part)}")
        why = [
            row.get("because", ""),
            f"rule {row['rule']} (source: {row['source']})" if "rule" in row else "",
        ]
        if any(why):
            click.echo(f"        {'; '.join(part for part in why if part)}")
    if not found:
        click.echo("the lexicon finds nothing in this text", err=True)


@command.command("check")
@_policy
@_whose_policy
def check(policy: str | None, store: str | None) -> None:
    """Run the examples and counter-examples of every entry of the lexicon."""
    from everycall.vulnerability.words.check import check as run

    problems = run(_lexicon(policy, store))
    for problem in problems:
        click.echo(str(problem))
    click.echo(
        counted(len(problems), "example does not hold", "examples do not hold")
        if problems
        else "every example holds",
        err=True,
    )
    sys.exit(1 if problems else 0)


@command.command("read-again")
@click.argument("text")
@click.option("--endpoint", required=True, help="An OpenAI-compatible address (http://127.0.0.1:8080/v1).")
@click.option("--model", required=True, help="The model's name there.")
@click.option(
    "--host", "hosts", multiple=True, help="A host that may be asked; only this machine when not given."
)
@click.option(
    "--seconds", type=click.FloatRange(0.1, 120), default=10.0, show_default=True, help="A run's time."
)
@_policy
@_whose_policy
def read_again(
    text: str,
    endpoint: str,
    model: str,
    hosts: tuple[str, ...],
    seconds: float,
    policy: str | None,
    store: str | None,
) -> None:
    """What a language model would add to TEXT as "possible, check". Off unless asked for; never part of an assessment.

    Names with a title, phones, addresses, emails, marks and dates are masked before anything is sent. The key, where
    the endpoint wants one, is read from EVERYCALL_SECOND_READER_KEY.
    """
    import os

    from everycall.second_reader.endpoint import LOOPBACK
    from everycall.second_reader.endpoint import endpoint as checked
    from everycall.second_reader.reading import read_again as again
    from everycall.vulnerability.words.loose_text import ANY_DAY, log_lines
    from everycall.vulnerability.words.reading import read as first

    key = os.environ.get("EVERYCALL_SECOND_READER_KEY")
    where = checked(endpoint, model, frozenset(hosts) or LOOPBACK, key, seconds)
    lexicon = _lexicon(policy, store)
    log = log_lines(text)
    named = {code: code.replace("_", " ") for code, one in lexicon.codes.items() if one.kind == "indicator"}
    told = again(log, first(log, ANY_DAY, lexicon), where, named)
    for one in told.findings:
        click.echo(f"line {one.line + 1}  '{one.text}'  {one.code}: possible, check, about {one.who}")
    if told.problem:
        click.echo(f"{told.problem}; what the lexicon finds stands", err=True)
        sys.exit(1)
    if not told.findings:
        click.echo("the second reader adds nothing", err=True)


@command.command("evaluate")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_policy
@_whose_policy
@click.option("--misses", is_flag=True, help="List what was missed and what was wrong, by line of the file.")
def evaluate(file: Path, policy: str | None, store: str | None, misses: bool) -> None:
    """Precision, recall and F1 on labelled logs (JSONL)."""
    from everycall.errors import InputError
    from everycall.vulnerability.words.evaluate import evaluation, pooled

    try:
        lines = file.read_text("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{file.name} is not UTF-8 text (byte {error.start + 1})") from None
    except OSError as error:
        raise InputError(f"{file.name} cannot be read: {error.strerror}") from None
    found = evaluation(lines, _lexicon(policy, store), name=file.name)
    _table("indicator", [*found.scores, pooled(found.scores)])
    _table("length", found.by_length)
    _table("channel", found.by_channel)
    if found.asserted_apart:
        click.echo(f"\n{'said of nobody here':<32}{'asserted':>18}{'of':>7}")
        for label, (asserted, of) in found.asserted_apart.items():
            click.echo(f"{label:<32}{_share(asserted, of):>18}{of:>7}")
    if found.agreement:
        click.echo(f"\n{'labellers agree':<32}{'kappa':>9}{'both':>7}{'one':>7}{'neither':>9}")
        for pair in found.agreement:
            kappa = "-" if pair.kappa is None else f"{pair.kappa:.2f}"
            click.echo(f"{pair.indicator:<32}{kappa:>9}{pair.both:>7}{pair.one:>7}{pair.neither:>9}")
    if misses:
        click.echo("")
        for miss in found.misses:
            labelled = f" (labelled {miss.label})" if miss.kind == "wrong" and miss.label else ""
            click.echo(f"{miss.kind:<7} {miss.where}  {miss.indicator}{labelled}")


def _table(head: str, scores: Sequence[Score]) -> None:
    if not scores:
        return
    if head != "indicator":
        click.echo("")
    click.echo(f"{head:<32}{'precision':>18}{'recall':>18}{'F1':>7}{'found':>7}{'wrong':>7}{'missed':>8}")
    for one in scores:
        precise = _share(one.found, one.found + one.wrong)
        recalled = _share(one.found, one.found + one.missed)
        f1 = "-" if one.f1 is None else f"{one.f1:.3f}"
        click.echo(
            f"{one.indicator:<32}{precise:>18}{recalled:>18}{f1:>7}{one.found:>7}{one.wrong:>7}{one.missed:>8}"
        )


def _share(right: int, of: int) -> str:
    """Return a share with its 95 % interval, as in ".82 (.79-.85)"."""
    from everycall.share import interval

    between = interval(right, of)
    if between is None:
        return "-"
    low, high = (f"{share:.2f}".removeprefix("0") for share in between)
    return f"{right / of:.3f} ({low}-{high})"
