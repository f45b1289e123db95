"""Orders against a suspect whom a call names: most orders bind the one who does it, not the one who rings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from everycall.identity.history import History
from everycall.identity.mention import Mention
from everycall.identity.model import Model
from everycall.identity.rules import RepeatRules
from everycall.identity.search import asked_by
from everycall.identity.shared import find_shared
from everycall.identity.tiers import Sought, match

ORDER = "order_in_force"


def orders_against(
    suspects: Sequence[Mention],
    ref: str,
    received_at: datetime,
    history: History,
    model: Model,
    rules: RepeatRules,
    known_at: datetime,
) -> tuple[int, ...]:
    """Return the flags that tell of orders on the suspects, or on their address; expired ones too.

    Only an order is looked for, and only of the very person: what else is known of a suspect is not told on the
    victim's call. A suspect named without a birth date or an address is nobody to look for.

    Raises
    ------
    EverycallError
        When the history cannot be read.
    """
    people = tuple(one for one in suspects if one.named and (one.born or one.located))
    if not people:
        return ()
    found = history.candidates(asked_by(people, None), ref, received_at, known_at).mentions
    orders = [past for past in found if past.flag_kind == ORDER]
    if not orders:
        return ()
    shared = find_shared(found, received_at, rules.search)
    matches = match(Sought(people, (), None, received_at, {}), orders, shared, model, rules.search)
    return tuple(
        sorted(
            one.past.flag_id
            for one in matches
            if one.tier in ("person", "address") and one.past.flag_id is not None
        )
    )
