"""The API put together: its routes, its one shape of refusals, and its OpenAPI document."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from everycall import __version__
from everycall.api import (
    assessments,
    caller_number,
    conflicts,
    decisions,
    health,
    matches,
    priorities,
    session,
    watching,
    webhooks,
)
from everycall.api.documented import Refusal, defined
from everycall.call import Call
from everycall.errors import EverycallError, Problem, problems_of
from everycall.serving.shape import answer_to, refusal

_DESCRIPTION = """Everycall recommends; a named person decides. Every refusal has one shape. What a token or a role may
not see is not in an answer. Times without an offset are London's."""


class Api(NinjaAPI):
    """Our API; the document also tells of refusals and of bodies that we read ourselves."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """Return the OpenAPI document."""
        document = super().get_openapi_schema(*args, **kwargs)
        schemas = document["components"].setdefault("schemas", {})
        schemas |= defined(Call)
        schemas |= {"Refusal": Refusal.model_json_schema(ref_template="#/components/schemas/{model}")}
        schemas |= schemas["Refusal"].pop("$defs")
        told = {
            "description": "Refused",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}},
        }
        for path in document["paths"].values():
            for operation in path.values():
                operation["responses"]["default"] = told
        return document


api = Api(
    title="Everycall",
    version=__version__,
    description=_DESCRIPTION,
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
for router in (
    assessments.taken,
    session.router,
    caller_number.router,
    conflicts.router,
    webhooks.router,
    matches.router,
    decisions.router,
    priorities.router,
    watching.router,
    health.router,
    assessments.router,  # last: a ref may have slashes in it, and would take what stands after one for its own
):
    api.add_router("", router)


@api.exception_handler(EverycallError)
def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    return answer_to(error)


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, error: Any) -> HttpResponse:
    return refusal(
        401,
        "not_signed_in",
        "a token or a session that holds is needed",
        WWW_Authenticate='Bearer realm="everycall"',
    )


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: Any) -> HttpResponse:
    return refusal(error.status_code, "bad_request", "the request cannot be read")


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    problems: list[Problem] = problems_of(
        [{**one, "loc": one["loc"][1:] or one["loc"]} for one in error.errors], ()
    )
    return refusal(422, "unusable_input", "the request cannot be used", problems)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Any) -> HttpResponse:
    return answer_to(error)


@api.exception_handler(Exception)
def _fault(request: HttpRequest, error: Any) -> HttpResponse:
    return answer_to(error)


def openapi() -> str:
    """Return the OpenAPI document as JSON."""
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, default=str)
