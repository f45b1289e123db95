"""Each match explained level by level, in words and drawn; no value of any field is shown."""

from __future__ import annotations

from datetime import date
from math import log2
from xml.etree import ElementTree

from everycall.identity.compare import Score, compare
from everycall.identity.mention import Mention
from everycall.identity.model import shipped_model
from everycall.identity.why_drawn import as_svg, in_words

PRIOR = log2(850_000)
SVG = "{http://www.w3.org/2000/svg}"


def scored() -> Score:
    mine = Mention("caller", "victim", ("MAUREEN",), "PECK", date(1951, 3, 2), phone="+441632960114")
    theirs = Mention("caller", "victim", ("MO",), "PECK", date(1951, 3, 2), phone="+447700900123")
    return compare(mine, theirs, date(2026, 6, 12), date(2024, 6, 12), shipped_model())


def test_the_words_tell_every_weight_and_add_up() -> None:
    score = scored()
    told = in_words(score, PRIOR)
    assert told[0] == "before looking: one in 850,000 people (-19.7 bits)"
    assert [line.split(" (")[0] for line in told[1:-1]] == [
        "forename: nickname",
        "surname: exact",
        "birth date: same",
        "phone: different",
    ]
    assert told[-1] == f"in all: {score.bits - PRIOR:+.1f} bits"


def test_the_drawing_is_read_aloud_and_has_a_bar_for_each_weight_to_its_side() -> None:
    score = scored()
    drawing = ElementTree.fromstring(as_svg(score, PRIOR))
    assert drawing.get("role") == "img"
    assert (drawing.findtext(f"{SVG}desc") or "").split("; ") == in_words(score, PRIOR)
    middle = float(drawing.findall(f"{SVG}line")[0].get("x1", "0"))
    bars = [(float(r.get("x", "0")), float(r.get("width", "0"))) for r in drawing.findall(f"{SVG}rect")]
    weights = [-PRIOR, *(a.bits for a in score.agreements), score.bits - PRIOR]
    assert len(bars) == len(weights)
    for (x, width), bits in zip(bars, weights, strict=True):
        assert (x >= middle) is (bits >= 0)
        assert width > 0


def test_no_value_is_shown() -> None:
    everything = as_svg(scored(), PRIOR).upper()
    for value in ("MAUREEN", "PECK", "1951", "960114", "900123"):
        assert value not in everything


def test_nothing_compared_is_drawn_as_nothing_but_the_prior() -> None:
    drawing = ElementTree.fromstring(as_svg(Score(0.0, ()), PRIOR))
    assert len(drawing.findall(f"{SVG}rect")) == 2
