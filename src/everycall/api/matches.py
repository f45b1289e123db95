"""``POST /matches``: a person's word that two calls' victims are, or are not, one human."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from everycall.api.auth import allowed, who
from everycall.api.body import justification_of, model_of
from everycall.api.documented import body_of
from everycall.api.named import by_whom
from everycall.deciding import Name
from everycall.serving import matched
from everycall.strict import Data

router = Router(tags=["calls"])

Ref = Annotated[str, Field(min_length=1, max_length=100)]


class Match(Data):
    """Two calls, and whether their victims are one human. A system says by whom; for a person it is who asks."""

    ref_a: Ref
    ref_b: Ref
    same: bool
    by: Name | None = None


class Matched(Data):
    """What was kept."""

    ref_a: str
    ref_b: str
    same: bool
    by: str


@router.post(
    "/matches",
    response={200: Matched},
    auth=allowed("match"),
    operation_id="match",
    openapi_extra=body_of(Match),
)
def match(request: HttpRequest) -> Matched:
    """Keep that two calls are, or are not, about one human: it binds every later search until another word is kept."""
    viewer = who(request)
    said = model_of(request, Match)
    by = by_whom(viewer, said.by)
    matched.say_same(viewer, said.ref_a, said.ref_b, said.same, by, justification_of(request))
    return Matched(ref_a=said.ref_a, ref_b=said.ref_b, same=said.same, by=by)
