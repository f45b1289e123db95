"""Whoever is left out before the calls that name them are read would get no tier, and makes no line or home shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from build import policy
from everycall.identity.compare import compare, contradicted
from everycall.identity.history import Candidates, PastCall, PastMention, Reach, Said, Standing, Unneeded
from everycall.identity.mention import LOCATION, Mention
from everycall.identity.model import shipped_model
from everycall.identity.search import Searched, search

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
FORENAMES = [(), ("MAUREEN",), ("MO",), ("M",), ("ARTHUR",), ("NGUYEN", "VAN"), ("MINH",), ("OTTO",)]
SURNAMES = [
    None, "PECK", "SMITH", "ALDOUS", "PECK ALDOUS", "MINH", "NGUYEN", "OTTO", "SPEKE", "GARROD", "HOBBS",
]  # fmt: skip
BORN = [None, date(1951, 3, 2), date(1951, 2, 3), date(1980, 7, 7)]
PHONES = [None, "+441632960114", "+447700900321", "+447700900999", "+441632960115", "+447700900322"]
HOMES = [None, "PE13 9ZZ 14", "PE13 9ZZ 14 FLAT 2", "PE13 9ZX 3", "PE13 9ZX 5", "CB1 9ZZ 8"]
ROLES = ["victim", "witness", "suspect", "subject", None]


def _anybody(random: Random) -> Mention:
    home = random.choice(HOMES)
    return Mention(
        "caller",
        random.choice(ROLES),
        forenames=random.choice(FORENAMES),
        surname=random.choice(SURNAMES),
        born=random.choice(BORN),
        age=random.choice([None, None, 30]),
        phone=random.choice(PHONES),
        postcode=home and home[:8],
        dwelling=home,
        building=home and home.split(" FLAT")[0],
        uprn=random.choice([None, None, "100", "200"]) if home else None,
    )


@dataclass
class Past:
    """A history in memory in which everybody shares a key with everybody."""

    mentions: list[PastMention]
    words_on: dict[str, bool] = field(default_factory=dict)
    words: list[Said] = field(default_factory=list)
    may: bool = True
    left_out: int = 0

    def candidates(
        self, keys: Any, ref: str, before: datetime, known_at: datetime, unneeded: Unneeded | None = None
    ) -> Candidates:
        out = unneeded.among([past.mention for past in self.mentions]) if unneeded and self.may else set()
        self.left_out += len(out)
        return Candidates(
            tuple([past for n, past in enumerate(self.mentions) if n not in out or past.flag_id is not None]),
            whole=not out,
        )

    def said(self, refs: Sequence[str], known_at: datetime) -> Sequence[Said]:
        return self.words

    def of_calls(self, refs: Sequence[str], *_: Any) -> Sequence[PastMention]:
        return [past for past in self.mentions if past.call and past.call.ref in refs]

    def standing(self, ref: str, before: datetime, known_at: datetime) -> Standing:
        return Standing(
            Reach(NOW - timedelta(days=900), NOW), self.words_on, bool(self.words or self.words_on)
        )


def _past(random: Random, number: int) -> PastMention:
    at = NOW - timedelta(days=random.randrange(1, 1_500))
    if random.random() < 0.1:
        kind = random.choice(["shared_phone", "communal_address", "warning"])
        return PastMention(number, _anybody(random), at, None, number, kind, random.choice([None, at.date()]))
    mention = _anybody(random)
    if random.random() < 0.2:
        mention = Mention(LOCATION, dwelling=mention.dwelling, place=mention.dwelling or "position")
    return PastMention(number, mention, at, PastCall(number, f"OLD-{number // 4}", at))


def _found(random: Random, history: Past) -> Searched:
    home = random.choice(HOMES)
    place = Mention(LOCATION, postcode=home[:8], dwelling=home, building=home, place=home) if home else None
    people = [_anybody(random) for _ in range(random.randint(0, 2))]
    return search("NEW", NOW, people, place, history, shipped_model(), policy().rules, NOW)


def test_a_search_finds_the_same_as_if_everybody_had_been_looked_at() -> None:
    left_out = matches = 0
    for seed in range(400):
        random = Random(seed)
        mentions = [_past(random, number) for number in range(random.randint(1, 40))]
        refs = [f"OLD-{number}" for number in range(10)]
        told = {}
        words = []
        if random.random() < 0.3:
            told = {random.choice(refs): random.random() < 0.5}
        if random.random() < 0.5:
            words = [Said(*random.sample(refs, 2), random.random() < 0.6) for _ in range(4)]
        wide, narrow = (Past(mentions, told, words, may) for may in (False, True))
        whole, found = _found(Random(seed), wide), _found(Random(seed), narrow)
        assert found == whole
        left_out, matches = left_out + narrow.left_out, matches + len(found.matches)
    assert left_out > 500 < matches


def test_whom_a_victim_accused_is_looked_at_though_plainly_another_human() -> None:
    home = {"postcode": "PE13 9ZZ", "dwelling": "PE13 9ZZ 14", "building": "PE13 9ZZ 14"}
    nora = Mention("caller", "victim", ("NORA",), "TINSDALE", date(1951, 3, 2), **home)
    otto = Mention("victim 0", "victim", ("OTTO",), "TINSDALE", **home)
    accused = Mention("other 0", "suspect", ("OTTO",), "TINSDALE")
    told = [(nora, "OLD-1"), (accused, "OLD-1"), (otto, "OLD-2")]
    at = NOW - timedelta(days=30)
    for some, tiers in ((told, ["person"]), (told[::2], ["person", "household"])):
        history = Past([PastMention(n, one, at, PastCall(n, ref, at)) for n, (one, ref) in enumerate(some)])
        found = search("NEW", NOW, [nora], None, history, shipped_model(), policy().rules, NOW)
        assert [one.tier for one in found.matches] == tiers


mentions = st.integers(0, 10**6).map(lambda seed: _anybody(Random(seed)))


@given(mentions, mentions)
def test_who_is_contradicted_is_known_without_reckoning_weights(one: Mention, other: Mention) -> None:
    score = compare(one, other, NOW.date(), NOW.date(), shipped_model())
    assert contradicted(one, other) == score.contradicted
