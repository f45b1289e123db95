"""``GET /priorities``: the local priorities, a page at a time."""

from __future__ import annotations

import json
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from everycall.api.auth import allowed
from everycall.serving import ground
from everycall.store import reference
from everycall.strict import Data

router = Router(tags=["priorities"])


class Priorities(Data):
    """A page of priorities; ``next`` is the ``after`` of the page that follows, null on the last."""

    items: list[dict[str, Any]]
    next: str | None


@router.get(
    "/priorities", response={200: Priorities}, auth=allowed("see_priorities"), operation_id="priorities"
)
def priorities(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    after: Annotated[str, Query(max_length=100)] = "",
) -> Priorities:
    """Return the priorities known now, drafts and discharged ones too, by their id."""
    known = reference.priorities(ground.force().store.connection, ground.now())
    wanted = sorted(row for row in known if row[0] > after)
    items = [json.loads(payload) for _, payload in wanted[:limit]]
    return Priorities(items=items, next=wanted[limit - 1][0] if len(wanted) > limit else None)
