"""The timeline: earlier incidents on an axis of time, as SVG without colour, style or script of its own.

Shape says what it was, a filled shape that somebody went or it was recorded as a crime; the table beside it says all of
it in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from markupsafe import Markup

from everycall.web.past import TIERS, WHOSE, Past, gap

WIDTH = 560
_LEFT, _RIGHT = 92, 14
_YEAR = 365
_EARLIER_SHARE = 0.26
"""The share of the axis that all earlier years have together, where there is anything earlier."""
_LANE, _MARK, _ROW_GAP, _TOP, _FOOT = 19, 7, 10, 22, 40
_LONG_GAP_DAYS = 45
_GOT_SOMETHING = frozenset({"attended", "recorded as a crime"})

_SHAPES = {
    "asb_personal": "circle",
    "asb_nuisance": "square",
    "asb_environmental": "triangle",
    "crime": "diamond",
}
_LEGEND = (
    ("circle", "personal"),
    ("square", "nuisance"),
    ("triangle", "environmental"),
    ("diamond", "crime"),
    ("cross", "other"),
)


@dataclass(frozen=True, slots=True)
class Axis:
    """From days to where they stand: the last twelve months wide on the right, all years before them on the left."""

    first: date
    today: date

    @property
    def year_ago(self) -> date:
        """The first day of the twelve months."""
        return self.today - timedelta(days=_YEAR)

    @property
    def has_earlier(self) -> bool:
        """Say whether anything is told from before the twelve months."""
        return self.first < self.year_ago

    @property
    def middle(self) -> float:
        """Where the twelve months begin."""
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (_EARLIER_SHARE if self.has_earlier else 0.0)

    def at(self, day: date) -> float:
        """Return where a day stands."""
        if day >= self.year_ago:
            share = (day - self.year_ago).days / _YEAR
            return self.middle + (WIDTH - _RIGHT - self.middle) * min(share, 1.0)
        share = (day - self.first).days / max((self.year_ago - self.first).days, 1)
        return _LEFT + (self.middle - _LEFT - 8) * share


@lru_cache(maxsize=128)
def timeline(rows: tuple[Past, ...], today: date) -> Markup:
    """Return the picture of earlier incidents; kept a while, since most of what is typed changes none of them.

    Parameters
    ----------
    rows
        From `everycall.web.past.past`.
    today
        The local day of the call.

    Returns
    -------
    Markup
        An ``<svg>`` that says in one sentence what it shows; it is drawn with ``currentColor`` and classes alone. Empty
        where there is nothing to show.
    """
    if not rows:
        return Markup("")
    axis = Axis(min(row.day for row in rows), today)
    drawn: list[Markup] = []
    top = float(_TOP)
    for tier in TIERS:
        mine = [row for row in rows if row.tier == tier]
        if mine:
            height, row_of = (_months if tier == "place" else _marks)(mine, axis, top)
            drawn += [_label(WHOSE[tier], mine, top + height / 2), *row_of]
            top += height + _ROW_GAP
    height = top + _FOOT
    return Markup(
        '<svg class="timeline" role="img" aria-label="{}" viewBox="0 0 {} {:.0f}" preserveAspectRatio="xMinYMin meet">'
        '<g class="timeline-axis">{}</g>{}{}</svg>'
    ).format(
        _in_words(rows, axis), WIDTH, height, _axis(axis, top), Markup("").join(drawn), _legend(height - 8)
    )


def _in_words(rows: Sequence[Past], axis: Axis) -> str:
    own = [row for row in rows if row.number is not None]
    recent = [row for row in own if row.day >= axis.year_ago]
    told = [f"{len(own)} earlier incident{'s' * (len(own) != 1)}, {len(recent)} in the last 12 months"]
    if own:
        told.append(
            f"the last {gap(own[0].day, axis.today)} ago" if own[0].day < axis.today else "the last today"
        )
    places = sum(row.many for row in rows if row.tier == "place")
    if places:
        told.append(f"{places} at this place")
    return f"Timeline: {', '.join(told)}. The table says the same in words."


def _axis(axis: Axis, bottom: float) -> Markup:
    parts = []
    if axis.has_earlier:
        parts.append(
            Markup('<line class="timeline-break" x1="{0:.1f}" x2="{0:.1f}" y1="14" y2="{1:.0f}"/>').format(
                axis.middle - 4, bottom
            )
        )
        parts.append(_text(_LEFT, 10, f"from {axis.first.year}", "timeline-word"))
    parts.append(_text(axis.middle, 10, "last 12 months", "timeline-word"))
    x = axis.at(axis.today)
    parts.append(
        Markup('<line class="timeline-today" x1="{0:.1f}" x2="{0:.1f}" y1="14" y2="{1:.0f}"/>').format(
            x, bottom
        )
    )
    parts.append(_text(x, 10, "today", "timeline-word timeline-end"))
    last = 0.0
    for month in _firsts_of_months(axis):
        x = axis.at(month)
        parts.append(
            Markup(
                '<line class="timeline-tick" x1="{0:.1f}" x2="{0:.1f}" y1="{1:.0f}" y2="{2:.0f}"/>'
            ).format(x, bottom, bottom + 4)
        )
        if x - last >= 30:
            parts.append(
                _text(x, bottom + 15, f"{month:%b}" if month.month > 1 else f"{month:%Y}", "timeline-month")
            )
            last = x
    return Markup("").join(parts)


def _firsts_of_months(axis: Axis) -> list[date]:
    """Return the first days of the months within the twelve, oldest first."""
    months, day = [], axis.today.replace(day=1)
    while day >= axis.year_ago:
        months.append(day)
        day = (day - timedelta(days=1)).replace(day=1)
    return months[::-1]


def _marks(rows: Sequence[Past], axis: Axis, top: float) -> tuple[float, list[Markup]]:
    """Return the height of a row of incidents and what is drawn in it; those that would meet stand in lanes."""
    lanes: list[float] = []
    drawn: list[Markup] = []
    before: Past | None = None
    for row in sorted(rows, key=lambda one: (one.day, -(one.number or 0))):
        x = axis.at(row.day)
        room = 2 * _MARK + (30 if _is_last(axis, x) else 14)
        lane = next((i for i, end in enumerate(lanes) if x - end >= room), len(lanes))
        lanes[lane : lane + 1] = [x]
        y = top + lane * _LANE + _LANE / 2
        if before is not None and lane == 0:
            drawn += _gap(before, row, axis, y)
        drawn.append(_mark(row, axis, y))
        if lane == 0:
            before = row
    return len(lanes) * _LANE, drawn


def _gap(before: Past, row: Past, axis: Axis, y: float) -> list[Markup]:
    """Return how long nothing was told between two incidents, where there is room to say so."""
    second = axis.at(row.day) - _MARK - (16 if _is_last(axis, axis.at(row.day)) else 3)
    first = axis.at(before.day) + _MARK + 12
    words = gap(before.day, row.day)
    if (row.day - before.day).days < _LONG_GAP_DAYS or second - first < 6.2 * len(words) + 8:
        return []
    line = Markup('<line class="timeline-gap" x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"/>')
    return [line.format(first, second, y, y), _text((first + second) / 2, y - 3, words, "timeline-gap-word")]


def _is_last(axis: Axis, x: float) -> bool:
    """Say whether a mark stands so near today that its number must stand before it."""
    return x > axis.at(axis.today) - 2 * _MARK - 12


def _mark(row: Past, axis: Axis, y: float) -> Markup:
    x = axis.at(row.day)
    last = _is_last(axis, x)
    number = _text(
        x - _MARK - 2 if last else x + _MARK + 2, y + 4, str(row.number),
        "timeline-number timeline-end" if last else "timeline-number",
    )  # fmt: skip
    shape = _SHAPES.get(row.category or "", "cross")
    seen = " is-filled" if row.ended in _GOT_SOMETHING else ""
    sure = "" if row.sure else " is-doubtful"
    words = f"{row.number}: {row.when}, {row.what}, {row.ended}, {row.whose.lower()}"
    return Markup('<g class="timeline-mark{}{}"><title>{}</title>{}{}</g>').format(
        seen, sure, words, drawn_shape(shape, x, y), number
    )


def drawn_shape(shape: str, x: float, y: float, size: float = _MARK) -> Markup:
    """Return a shape round a point, without colour."""
    if shape == "circle":
        return Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>').format(x, y, size - 1)
    if shape == "square":
        side = 2 * size - 3
        return Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
            x - side / 2, y - side / 2, side, side
        )
    offsets = {
        "triangle": ((0, -1), (1, 0.8), (-1, 0.8)),
        "diamond": ((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)),
    }.get(shape)
    if offsets:
        points = " ".join(f"{x + dx * size:.1f},{y + dy * size:.1f}" for dx, dy in offsets)
        return Markup('<polygon points="{}"/>').format(points)
    arm = size - 2
    return Markup('<path d="M{:.1f} {:.1f}l{a:.1f} {a:.1f}m0 -{a:.1f}l-{a:.1f} {a:.1f}"/>').format(
        x - arm, y - arm, a=2 * arm
    )


def _months(rows: Sequence[Past], axis: Axis, top: float) -> tuple[float, list[Markup]]:
    """Return the height of a place's row and its bars with how many: of a month, or of an earlier year."""
    by_start: dict[date, list[Past]] = {}
    for row in rows:
        by_start.setdefault(
            row.day if row.day >= axis.year_ago else row.day.replace(month=1, day=1), []
        ).append(row)
    drawn = []
    for start, mine in sorted(by_start.items()):
        whole_year = mine[0].day < axis.year_ago
        after = (
            start.replace(year=start.year + 1) if whole_year else (start + timedelta(days=32)).replace(day=1)
        )
        until = min(after, axis.year_ago - timedelta(days=1) if whole_year else axis.today)
        left = axis.at(max(start, axis.first))
        wide = max(axis.at(until) - left - 1.5, 5)
        many = sum(one.many for one in mine)
        words = "; ".join(f"{one.what}, {one.ended}" for one in mine)
        drawn.append(
            Markup(
                '<g class="timeline-months"><title>{}: {}</title>'
                '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{}"/>{}</g>'
            ).format(
                f"{start:%Y}" if whole_year else f"{start:%B %Y}", words, left, top + 2, wide, _LANE - 4,
                _text(left + wide / 2, top + 14, str(many), "timeline-count") if wide >= 7 * len(str(many)) + 1
                else _text(left + wide + 2, top + 14, str(many), "timeline-word"),
            )
        )  # fmt: skip
    return _LANE, drawn


def _label(words: str, rows: Sequence[Past], y: float) -> Markup:
    return _text(
        0, y + 4, f"{words} {sum(row.many if row.tier == 'place' else 1 for row in rows)}", "timeline-whose"
    )


def _legend(y: float) -> Markup:
    parts, x = [], 4.0
    for shape, words in _LEGEND:
        parts += [drawn_shape(shape, x + 4, y - 4, 6), _text(x + 13, y, words, "timeline-word")]
        x += 26 + 6.4 * len(words)
    parts += [
        Markup('<g class="is-filled">{}</g>').format(drawn_shape("circle", x + 4, y - 4, 6)),
        _text(x + 13, y, "filled: attended or crime", "timeline-word"),
    ]
    return Markup('<g class="timeline-legend" aria-hidden="true">{}</g>').format(Markup("").join(parts))


def _text(x: float, y: float, words: str, classes: str) -> Markup:
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}">{}</text>').format(classes, x, y, words)
