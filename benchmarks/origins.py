"""Are people found alike whatever the origin of their names? Recall and precision for eleven origins.

``python -m benchmarks.origins`` prints a table and one JSON. Everybody has the same evidence and the same slips of
hand; what differs is the name, and how names of that origin get into a log (``origins.toml``): orders, spellings,
parts left out. Pairs that share a key of the live search are weighed by the shipped model with the default pack's
limits; counted are those that are "the same person" by themselves.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

from everycall.errors import Problems
from everycall.identity import rules
from everycall.identity.keys import keys_asked, keys_of
from everycall.identity.mention import Mention, person_of
from everycall.identity.model import shipped_model
from everycall.policy.load import default_directory
from everycall.store.moments import to_number
from everycall.sweep.duckdb_engine import DuckDB
from everycall.sweep.gather import key_table, table_of
from everycall.sweep.history import SharedByMany, number
from everycall.sweep.linking import score_history
from everycall.sweep.strong import strong_pairs

SEED = 20260601
CALLS_EACH = 3
_LETTERS = "ABCDEFGHIJKLMNOPRSTUVWY"
_START = datetime(2021, 1, 1, 12, tzinfo=UTC)


@dataclass(slots=True)
class Bearer:
    """Somebody invented: the name as borne, and what they can be known by."""

    origin: str
    forename: str
    middle: str | None
    surname: str
    second: str | None
    born: date
    phone: str
    home: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """One mention: whose it is, and which evidence it carries."""

    bearer: int
    mention: Mention
    at: datetime
    evidence: frozenset[str]


class Origin:
    """One origin of names, as ``origins.toml`` has it."""

    def __init__(self, name: str, data: dict[str, Any]) -> None:
        self.name = name
        self._data = data
        self._spelled: dict[str, list[str]] = {}
        for line in data["spelled"]:
            of = [one.replace("_", " ") for one in line.split()]
            for one in of:
                self._spelled.setdefault(one, []).extend(other for other in of if other != one)

    def bearer(self, rng: Random, number: int, kin: Bearer | None) -> Bearer:
        """Return somebody new; ``kin`` are of one home and one family name."""
        data = self._data
        woman = rng.random() < 0.5
        if "given" in data:
            parts = [rng.choice(data["given"].split()) for _ in range(2)]
            forename = " ".join(parts if rng.random() < data["two_syllables"] else parts[:1])
        else:
            forename = rng.choice(data["female" if woman else "male"].split())
        if kin and kin.forename == forename and rng.random() < 0.98:  # few are named after a parent
            return self.bearer(rng, number, kin)
        middles = data.get("middle") or data.get("middle_female" if woman else "middle_male")
        middle = rng.choice(middles.split()) if middles and rng.random() < data["with_middle"] else None
        surname = kin.surname if kin else rng.choice(data["surnames"].split())
        if woman or kin:
            for his, hers in data.get("hers", ()):
                if surname.endswith((his, hers)):
                    surname = surname.removesuffix(his).removesuffix(hers) + (hers if woman else his)
        second = None
        if "s2" in data["whole"]:
            second = kin.second if kin else rng.choice(data["surnames"].split())
        born = date(1945, 1, 1) + timedelta(days=rng.randrange(22_000))
        home = kin.home if kin else (f"{1 + number % 90} {_street(number // 90)}", _postcode(number // 20))
        # a landline is the whole home's, a mobile one's own
        phone = kin.phone if kin and rng.random() < 0.4 else f"07{700000000 + number:09}"
        return Bearer(self.name, forename, middle, surname, second, born, phone, home)

    def written(self, one: Bearer, rng: Random) -> str:
        """Return a name as one log has it."""
        forename, middle, surname, second = one.forename, one.middle, one.surname, one.second
        if rng.random() < 0.25:
            forename = rng.choice(self._spelled.get(forename, [forename]))
        if rng.random() < 0.25:
            surname = rng.choice(self._spelled.get(surname, [surname]))
        if " " in forename and "given_written" in self._data:
            a, b = forename.split(" ")
            shape = _one_of(self._data["given_written"], rng, "{a} {b}")
            forename = shape.format(a=a, b=b, ab=a + b.lower())
        if rng.random() < 0.06:
            forename = _slip(forename, rng)
        if rng.random() < 0.06:
            surname = _slip(surname, rng)
        form = _one_of(self._data["forms"], rng, self._data["whole"])
        if form == "{m} {s}" and one.forename not in self._data["called_by_the_next"].split():
            form = self._data["whole"]
        if middle is None:
            form = form.replace("{m} {s}", "{f} {s}").replace("{f} {m}", "{f} {s}") if "{m}" in form else form
            form = form.replace("{f} {f}", "{f}").replace("{s} {s}", "{s}").replace("{m} ", "")
        name = form.format(f=forename, m=middle or "", s=surname, s2=second or "")
        return name.upper() if rng.random() < 0.3 else name


def _one_of(choices: Sequence[Sequence[Any]], rng: Random, otherwise: str) -> str:
    left = rng.random()
    for value, share in choices:
        if left < share:
            return str(value)
        left -= share
    return otherwise


def _slip(name: str, rng: Random) -> str:
    if len(name) < 4:
        return name
    at = rng.randrange(1, len(name) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + name[at] + name[at:]
    if kind == 2:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + rng.choice(_LETTERS).lower() + name[at + 1 :]


def _street(number: int) -> str:
    first = ("Larch", "Mill", "Fen", "Abbey", "Quarry", "Heron", "Tanner", "Orchard", "Chapel", "Windmill")
    last = ("Road", "Street", "Close", "Lane", "Avenue", "Drive", "Gardens", "Way")
    return f"{first[number % 10]}{'' if number < 80 else 'er' * (number // 80)} {last[number // 10 % 8]}"


def _postcode(number: int) -> str:
    return f"PE{number // 2600 % 90 + 1} {number // 260 % 10}{'Z'}{chr(65 + number % 26)}"


def people(origins: Sequence[Origin], each: int, rng: Random) -> list[Bearer]:
    """Return invented people, as many of each origin; a third live with a relative."""
    found: list[Bearer] = []
    for origin in origins:
        kin = None
        for _ in range(each):
            new = origin.bearer(rng, len(found), kin if kin and rng.random() < 0.35 else None)
            found.append(new)
            kin = new
    return found


def told(bearers: Sequence[Bearer], origins: dict[str, Origin], rng: Random) -> Iterator[Told]:
    """Yield what logs say of everybody, a few calls each over five years."""
    for index, one in enumerate(bearers):
        phone, home = one.phone, one.home
        for call in range(CALLS_EACH):
            if call and rng.random() < 0.15:
                phone = f"07{300000000 + rng.randrange(99_999_999):09}"
            if call and rng.random() < 0.12:
                away = 500_000 + rng.randrange(400_000)
                home = (f"{1 + away % 90} {_street(away // 90 % 800)}", _postcode(away // 20))
            has_born, has_phone, has_home = (rng.random() < share for share in (0.55, 0.6, 0.7))
            born = one.born
            if rng.random() < 0.02 and born.day <= 12:
                born = born.replace(day=born.month, month=born.day)
            elif rng.random() < 0.02:
                born = born.replace(year=born.year + 1, day=min(born.day, 28))
            mention = person_of(
                origins[one.origin].written(one, rng), phone if has_phone else None, None, born if has_born else None,
                None, home[0] if has_home else None, home[1] if has_home else None, None,
            )  # fmt: skip
            evidence = [("born", has_born, one.born), ("phone", has_phone, phone), ("home", has_home, home)]
            known = frozenset(f"{kind} {value}" for kind, has, value in evidence if has)
            at = _START + timedelta(days=600 * call + rng.randrange(500))
            yield Told(index, mention._replace(which="caller", role="victim"), at, known)


def measure(each: int) -> dict[str, Any]:
    """Return recall and precision by origin; recall counts true pairs that share a number, a home or a birth date."""
    rng = Random(SEED)
    data = tomllib.loads(Path(__file__).with_name("origins.toml").read_text("utf-8"))
    origins = {name: Origin(name, one) for name, one in data.items()}
    bearers = people(list(origins.values()), each, rng)
    mentions = list(told(bearers, origins, rng))
    of: dict[int, list[int]] = {}
    for n, one in enumerate(mentions, 1):
        of.setdefault(one.bearer, []).append(n)
    usable = {
        (b, a)
        for some in of.values()
        for a, b in combinations(some, 2)
        if mentions[a - 1].evidence & mentions[b - 1].evidence
    }
    limits = rules.load(default_directory() / "repeat.toml", Problems())
    assert limits is not None
    with closing(DuckDB()) as engine:
        engine.put("arrived", table_of([_row(n, one) for n, one in enumerate(mentions, 1)]))
        keys = ((key, n) for n, one in enumerate(mentions, 1) for key in _met_by(one.mention))
        engine.put("mention_key", key_table(keys))
        number(engine, SharedByMany())
        score_history(engine, shipped_model(), limits.search, wider=False)
        rows = engine.get(
            "SELECT x.id AS a, y.id AS b FROM scored s JOIN mention x ON x.n = s.a JOIN mention y ON y.n = s.b "
            f"WHERE {strong_pairs(limits.search, 's.')}"
        ).to_pylist()
    strong = {(max(row["a"], row["b"]), min(row["a"], row["b"])) for row in rows}

    def origin(pair: tuple[int, int]) -> str:
        return bearers[mentions[pair[0] - 1].bearer].origin

    true = {pair for pair in strong if mentions[pair[0] - 1].bearer == mentions[pair[1] - 1].bearer}
    wanted, found = Counter(map(origin, usable)), Counter(map(origin, strong & usable))
    right, all_found = Counter(map(origin, true)), Counter(map(origin, strong))
    measured = {
        name: {
            "recall": round(found[name] / wanted[name], 4),
            "precision": round(right[name] / max(all_found[name], 1), 4),
            "pairs": wanted[name],
        }
        for name in origins
    }
    missed = [(b, a) for b, a in sorted(usable - strong)]
    wrong = sorted(strong - true)
    return {"origins": measured, "missed": missed, "wrong": wrong, "mentions": mentions, "bearers": bearers}


def _met_by(mention: Mention) -> set[int]:
    """Return numbers of which two mentions share one where the live search for either finds the other.

    A key that is asked for and not kept stands with one that is kept: who has the two the other way round has the
    same number. Of one whose names were told crossed it may tell one meeting too few, never one too many.
    """
    kept = {key.hash for key in keys_of(mention)}
    asked = {key.hash for key in keys_asked(mention)} - kept
    born = {key.hash for key in keys_of(mention) if key.kind == "born"}
    return kept | {one ^ other for one in born for other in asked}


def _row(n: int, one: Told) -> tuple[Any, ...]:
    m = one.mention
    return (
        n, f"CC-{n}", m.which, m.role, " ".join(m.forenames), m.surname, m.born.isoformat() if m.born else None,
        m.age, m.phone, m.email, m.postcode, m.dwelling, m.building, m.street, m.uprn, m.town, m.house_name,
        to_number(one.at), None, None, None, None, None,
    )  # fmt: skip


def main(each: int = 1_500) -> None:
    """Measure and print."""
    found = measure(each)["origins"]
    best = max(one["recall"] for one in found.values())
    for name, one in found.items():
        behind = f"  {100 * (best - one['recall']):.1f} points behind" if best - one["recall"] > 0.02 else ""
        print(
            f"{name:20} recall {one['recall']:.3f}  precision {one['precision']:.4f}{behind}", file=sys.stderr
        )
    print(json.dumps(found))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
