"""``POST /matches``: a person's word that two calls' victims are, or are not, one human."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from everycall.access import processing
from everycall.api.auth import allowed, who
from everycall.api.body import justification_of, model_of
from everycall.api.documented import body_of
from everycall.api.named import by_whom
from everycall.deciding import Name
from everycall.errors import InputError, Problem
from everycall.serving import calls, ground
from everycall.store import reference
from everycall.store.writing import writing
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
    if said.ref_a == said.ref_b:
        raise InputError("the two calls cannot be compared", [Problem("ref_b", "is the same call as ref_a")])
    for ref in (said.ref_a, said.ref_b):
        calls.must_see(ref, viewer)
    force, now = ground.force(), ground.now()
    connection = force.store.connection
    with writing(connection):
        if reference.said_same(connection, said.ref_a, said.ref_b) != said.same:
            reference.say_same(connection, said.ref_a, said.ref_b, said.same, by, now)
        pair = {processing.COMBINATION: [said.ref_a, said.ref_b]}
        calls.log(force, viewer, pair, said.ref_a, justification_of(request))
    return Matched(ref_a=said.ref_a, ref_b=said.ref_b, same=said.same, by=by)
