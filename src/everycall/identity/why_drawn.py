"""Why two mentions are, or are not, one human: every weight as words and as a small drawing (SVG)."""

from __future__ import annotations

from html import escape

from everycall.identity.compare import Score

_ROW, _LEFT, _MIDDLE, _RIGHT = 26, 150, 330, 130
_FOR, _AGAINST = "#00703c", "#d4351c"
_NAMES = {
    "born": "birth date",
    "town_by_postcode": "town beside its postcode",
    "house_name": "name of the house",
    "house_name_by_number": "name of the house beside its number",
}


def in_words(score: Score, prior_bits: float) -> list[str]:
    """Return each comparison in words, the prior first and the sum last; weights in bits, values never.

    Parameters
    ----------
    prior_bits
        What the prior takes away: log2 of the people it may be.
    """
    told = [f"before looking: one in {2**prior_bits:,.0f} people (-{prior_bits:.1f} bits)"]
    for agreement in score.agreements:
        field = _NAMES.get(agreement.field, agreement.field)
        told.append(f"{field}: {agreement.level.replace('_', ' ')} ({agreement.bits:+.1f} bits)")
    return [*told, f"in all: {score.bits - prior_bits:+.1f} bits"]


def as_svg(score: Score, prior_bits: float) -> str:
    """Return the weights as a drawing: one bar a comparison, to the right for, to the left against one human.

    It has a title and a description, so that it is read aloud, and shows no value of a field.
    """
    told = in_words(score, prior_bits)
    bars = [("before looking", -prior_bits)]
    bars += [
        (f"{_NAMES.get(a.field, a.field)}: {a.level.replace('_', ' ')}", a.bits) for a in score.agreements
    ]
    bars.append(("in all", score.bits - prior_bits))
    widest = max(abs(bits) for _, bits in bars)
    scale = (_MIDDLE - _LEFT) / widest if widest else 0.0
    width, height = _MIDDLE + (_MIDDLE - _LEFT) + _RIGHT, _ROW * len(bars) + 8
    rows = "".join(_bar(n, label, bits, scale) for n, (label, bits) in enumerate(bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">'
        f"<title>How surely two mentions are one human</title><desc>{escape('; '.join(told))}</desc>"
        f'<line x1="{_MIDDLE}" y1="0" x2="{_MIDDLE}" y2="{height}" stroke="#505a5f"/>{rows}</svg>\n'
    )


def _bar(row: int, label: str, bits: float, scale: float) -> str:
    y = row * _ROW + 4
    long = abs(bits) * scale
    x = _MIDDLE if bits >= 0 else _MIDDLE - long
    end = _MIDDLE + (long if bits >= 0 else 0) + 6
    colour = _FOR if bits >= 0 else _AGAINST
    return (
        f'<text x="4" y="{y + 15}">{escape(label)}</text>'
        f'<rect x="{x:.1f}" y="{y}" width="{long:.1f}" height="{_ROW - 8}" fill="{colour}"/>'
        f'<text x="{end:.1f}" y="{y + 15}">{bits:+.1f}</text>'
    )
