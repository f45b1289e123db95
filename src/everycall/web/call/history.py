"""The earlier incidents of a call as its card shows them: a picture, and a table that says the same."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from everycall.localtime import local_date
from everycall.web.call.card import Card
from everycall.web.past import Past, past
from everycall.web.timeline import timeline


@dataclass(frozen=True, slots=True)
class History:
    """What is told of the past.

    Parameters
    ----------
    status
        Of the search: what could not be looked at is no clean history.
    """

    status: str
    rows: tuple[Past, ...]
    picture: Markup


def history(card: Card) -> History | None:
    """Return the earlier incidents that are told to this viewer; None where they are told nothing of the past."""
    if card.told is None or not card.sees.history or card.received_at is None:
        return None
    part = card.told["repeat"]
    rows = past(part["incidents"])
    return History(part["status"], rows, timeline(rows, local_date(card.received_at)))
