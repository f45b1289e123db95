"""One force's policy, words, model and history, opened together."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from everycall import __version__, codes, standing
from everycall.assessment import MadeWith, Recommendation
from everycall.call import Call
from everycall.errors import PackError, Problems
from everycall.harm import matrix as harm_matrix
from everycall.harm.points import Matrix
from everycall.identity import rules as repeat_rules
from everycall.identity.artefact import unseal
from everycall.identity.model import Model, read_model, shipped_model
from everycall.identity.rules import RepeatRules
from everycall.next_step import Before
from everycall.policy import behaviours as coded
from everycall.policy.behaviours import Behaviours
from everycall.policy.factbook import read_facts
from everycall.policy.load import load as load_pack
from everycall.policy.load import pack_directory
from everycall.policy.pack import Pack
from everycall.position import Position
from everycall.priorities import Book, locate, read_areas, read_priorities
from everycall.questions import book as question_book
from everycall.questions.book import Questions
from everycall.store import assessments, decisions, reference, words
from everycall.store.history import StoredHistory
from everycall.store.in_time import within
from everycall.store.kept_model import keep_shipped_model, kept_models, model_in_use
from everycall.store.modes import modes
from everycall.store.store import Store
from everycall.vulnerability import indicators as indicator_file
from everycall.vulnerability.indicators import Indicators
from everycall.vulnerability.words import lexicon as lexicon_files
from everycall.vulnerability.words.finding import Reading
from everycall.vulnerability.words.lexicon import Lexicon
from everycall.vulnerability.words.reading import read

T = TypeVar("T")

MOST_READ_LIVE = 5
"""Earlier logs that are read while the caller waits; the rest is said to be unread."""


@dataclass(frozen=True)
class Policy:
    """Everything a force decides by, loaded together from one folder."""

    pack: Pack
    rules: RepeatRules
    indicators: Indicators
    matrix: Matrix
    questions: Questions
    behaviours: Behaviours
    lexicon: Lexicon

    def read(self, call: Call) -> Reading:
        """Read the words of a call's log."""
        ages = self.indicators
        return read(
            call.log,
            call.received_at,
            self.lexicon,
            ages.older_weak_from,
            ages.older_strong_from,
            ages.child_under,
        )


def load_policy(directory: Path) -> Policy:
    """Load every room's part of a policy pack.

    A folder ``words`` in the pack adds to our lexicon.

    Raises
    ------
    PackError
        With every problem of every file, those of all rooms together.
    """
    problems = Problems()
    book = read_facts(directory, Problems()) if directory.is_dir() else None
    facts = {fact.name for fact in book.facts} if book else set()
    rules = repeat_rules.load(directory / "repeat.toml", problems)
    indicators = indicator_file.load(directory / "indicators.toml", problems)
    names = set(indicators.names) if indicators else None
    matrix = harm_matrix.load(directory / "harm.toml", problems, indicators=names, facts=facts or None)
    questions = question_book.load(directory / "questions.toml", facts, problems, names)
    behaviours = coded.load(directory / "behaviours.toml", facts, problems)
    lexicon = load_lexicon(directory, problems)
    pack = load_pack(directory, problems)
    if not (rules and indicators and matrix and questions and behaviours):
        raise PackError("the policy pack cannot be used", problems)  # cannot be: loading the pack raised
    return Policy(pack, rules, indicators, matrix, questions, behaviours, lexicon)


def load_lexicon(directory: Path, problems: Problems | None = None) -> Lexicon:
    """Load our lexicon with what a pack's folder ``words`` adds or switches off."""
    own = directory / "words"
    return lexicon_files.load([lexicon_files.default_directory(), *([own] if own.is_dir() else [])], problems)


def model_of(store: Store) -> Model:
    """Return the identity model a store works with: its own, if one was trained, or the one that comes with us."""
    trained = model_in_use(store.connection)
    return unseal(trained, "the store's identity model") if trained else shipped_model()


def _salts() -> Iterator[str]:
    while True:
        yield secrets.token_hex(32)


def model_named(store: Store, named: str) -> Model | None:
    """Return the model that an assessment says it was made with (``name hash``), or None where it was not kept.

    Raises
    ------
    PackError
        When what was kept is of a form that this Everycall does not read.
    """
    start = named.rsplit(" ", 1)[-1]
    if shipped_model().sha256.startswith(start):
        return shipped_model()
    text = next((text for sha, text in kept_models(store.connection).items() if sha.startswith(start)), None)
    if text is None:
        return None
    read = unseal if "sha256" in json.loads(text) else read_model
    return read(text, named)


@dataclass
class Force:
    """One force, ready to assess calls.

    Parameters
    ----------
    salts
        Where the record's salts come from; random unless a test passes its own.
    in_time
        Whether a caller waits, so that each part may ask the database only as long as the pack allows. What is
        done again later must not depend on how fast a machine is.
    switched_off
        The parts that the force has switched off.
    """

    store: Store
    policy: Policy
    model: Model = field(default_factory=shipped_model)
    salts: Iterator[str] = field(default_factory=_salts)
    in_time: bool = False
    switched_off: frozenset[str] = frozenset()
    _book: tuple[datetime | None, Book] | None = None

    @classmethod
    def open(cls, where: str, policy: str | None = None) -> Self:
        """Open the store at ``where`` with its policy pack, or another.

        Raises
        ------
        StoreError
            When there is no usable store.
        PackError
            When the pack does not load.
        """
        store = Store(where)
        loaded = load_policy(pack_directory(policy or store.policy))
        return cls(store, loaded, model_of(store), switched_off=modes(store.connection).switched_off)

    @property
    def history(self) -> StoredHistory:
        """The history of calls and flags."""
        return StoredHistory(self.store.connection, self.policy.rules.search.most_a_key)

    def timely(self, look: Callable[[], T]) -> Callable[[], T]:
        """Return ``look``, broken off after the pack's time where a caller waits; it then raises `StoreError`."""
        if not self.in_time:
            return look

        def looking() -> T:
            with within(self.store.connection, self.policy.rules.search.budget_ms):
                return look()

        return looking

    def made_with(self) -> MadeWith:
        """Return the versions that make an assessment."""
        pack, lexicon = self.policy.pack, self.policy.lexicon
        return MadeWith(
            everycall=__version__,
            policy=f"{pack.name} {pack.version}",
            policy_sha256=pack.sha256,
            identity_model=f"{self.model.name} {self.model.sha256[:12]}",
            lexicon=f"{lexicon.version} {lexicon.sha256[:12]}",
        )

    def share_book(self, other: Force) -> None:
        """Take over another's prepared priorities of the same store; they are made anew once they have changed."""
        self._book = other._book

    def book(self, known_at: datetime) -> Book:
        """Return the local priorities known at a moment; kept prepared until they change."""
        connection = self.store.connection
        changed = reference.last_change(connection)
        if self._book is not None and self._book[0] == changed and (changed is None or changed <= known_at):
            return self._book[1]
        stored = [json.loads(payload) for _, payload in reference.priorities(connection, known_at)]
        priorities = read_priorities(stored, "priorities", None) if stored else []
        named = {area_id for priority in priorities for area_id in priority.area_ids}
        features = [
            {"type": "Feature", "properties": {"id": i, "name": n}, "geometry": json.loads(g)}
            for i, n, g in (reference.areas(connection, known_at) if named else ())
            if i in named
        ]
        areas = (
            read_areas({"type": "FeatureCollection", "features": features}, "id", "name", "areas")
            if features
            else []
        )
        book = Book.of(priorities, areas)
        self._book = (changed, book)
        return book

    def locate(self, call: Call) -> Position | None:
        """Return where a call happens, also through imported places."""
        return locate(call.location, self._postcode, self._uprn)

    def _postcode(self, postcode: str) -> Position | None:
        return self._place(f"postcode:{postcode}")

    def _uprn(self, uprn: str) -> Position | None:
        return self._place(f"uprn:{uprn}")

    def _place(self, key: str) -> Position | None:
        found = reference.place(self.store.connection, key)
        return Position(found[1], found[0], None, "imported places") if found else None

    def flags(self, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Return flags as they came in, by number."""
        return reference.flags(self.store.connection, numbers)

    def earlier_logs(self, versions: Sequence[int], known_at: datetime) -> dict[int, words.EarlierLog]:
        """Return what the logs of earlier calls say; a few unread ones, the newest, are read now."""
        sha = self.policy.lexicon.sha256
        found = words.earlier(self.store.connection, versions, sha, known_at)
        todo = [n for n in versions if n in found and found[n].findings is None][:MOST_READ_LIVE]
        for number, payload in words.payloads(self.store.connection, todo).items():
            past = Call.model_validate(payload, context={"answers": codes.answers()})
            log = found[number]
            found[number] = words.EarlierLog(log.answers, log.caller_role, self.policy.read(past).findings)
        return found

    def previous(self, ref: str, known_at: datetime) -> Before | None:
        """Return what a call's recorded assessments found: the grade of the last, the facts of any."""
        found = assessments.previous(self.store.connection, ref, known_at)
        return Before(found.grade, found.attendance, found.yes_facts, found.received_at) if found else None

    def who_lowered(self, ref: str, held: Recommendation, known_at: datetime) -> str | None:
        """Return who lowered a recommendation that is held, to what and when; None where nobody had by then."""
        last = decisions.last_decision(self.store.connection, ref, known_at)
        return standing.who_lowered(
            self.policy.pack, held.grade, held.attendance, last.body if last else None
        )

    def keep_versions(self, now: datetime) -> None:
        """Keep the policy pack and lexicon in use by their hashes, so that the past can be made again."""
        pack = self.policy.pack
        files = {
            path.name: path.read_text("utf-8") for path in sorted(pack.directory.iterdir()) if path.is_file()
        }
        self.store.keep_version("policy", f"{pack.name} {pack.version}", pack.sha256, files, now)
        folder = lexicon_files.default_directory()
        texts = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.toml"))}
        lexicon = self.policy.lexicon
        self.store.keep_version("lexicon", lexicon.version, lexicon.sha256, texts, now)
        keep_shipped_model(self.store, now)
