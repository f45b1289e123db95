"""The policy pack as a page: the grade table in words, questions, points of harm, indicators, and its checks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from everycall.access.viewer import Viewer
from everycall.harm.points import BANDS
from everycall.policy.check import CheckReport, check
from everycall.policy.conditions import Conditions
from everycall.policy.factbook import FactBook
from everycall.policy.pack import Pack
from everycall.policy.rows import GradeRow
from everycall.serving import ground
from everycall.web.page import page
from everycall.web.screens import screen

_WAIT_SECONDS = 1.5


@screen(get="see_policy")
def policy(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the pack that is served."""
    loaded = ground.ground().policy
    pack = loaded.pack
    report = _checks.report(pack)
    context = {
        "pack": pack,
        "report": report,
        "on_disk_differs": report is not None and report.sha256 not in ("", pack.sha256),
        "rows": [Row(one.rule, _when(one, pack), one.grade, one.attendance, one.why) for one in pack.rows],
        "names": {grade.code: grade.name for grade in pack.grades.grades},
        "questions": loaded.questions.question,
        "matrix": loaded.matrix,
        "bands": BANDS,
        "indicators": list(loaded.indicators.by_name.values()),
        "facts": {fact.name: fact for fact in pack.facts.facts},
    }
    return page(request, "settings/policy.html", context)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the grade table; without a grade it sets a floor for what follows."""

    rule: str
    when: str
    grade: str
    attendance: str
    why: str


def _when(row: GradeRow, pack: Pack) -> str:
    told = list(cells_in_words(row.conditions, pack.facts))
    if row.open:
        told.insert(0, "a row above could still hold")
    return "; ".join(told) or "always"


def cells_in_words(conditions: Conditions, book: FactBook) -> Iterator[str]:
    """Yield each cell of a row in words, in the order of the facts."""
    for position, fact in enumerate(book.facts):
        bit = 1 << position
        if conditions.yes & bit:
            yield fact.words
        elif conditions.not_no & bit:
            yield f"{fact.words}, or that is not known"
        elif conditions.no & bit:
            yield fact.words_no
        elif conditions.not_yes & bit:
            yield f"{fact.words_no}, or that is not known"


class _Checks:
    """The report of a pack's checks, made once for each pack (by its hash) beside those that answer."""

    def __init__(self) -> None:
        self._made: dict[str, CheckReport] = {}
        self._running: dict[str, threading.Thread] = {}
        self._lock = threading.Lock()

    def report(self, pack: Pack) -> CheckReport | None:
        """Return the report; None while the checks still run, which takes some seconds."""
        with self._lock:
            running = self._running.get(pack.sha256)
            if running is None:
                running = threading.Thread(target=self._run, args=(pack,), daemon=True)
                self._running[pack.sha256] = running
                running.start()
        running.join(_WAIT_SECONDS)
        return self._made.get(pack.sha256)

    def _run(self, pack: Pack) -> None:
        self._made[pack.sha256] = check(pack.directory)


_checks = _Checks()
