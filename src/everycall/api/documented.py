"""What the OpenAPI document says of bodies that we read ourselves, and of refusals."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import BaseModel


class Detail(Schema):
    """One thing that is wrong, and where."""

    where: str
    problem: str


class ErrorTold(Schema):
    """What went wrong, for a program (`code`) and for a person."""

    code: str
    message: str
    details: list[Detail]


class Refusal(Schema):
    """The one shape of every refusal."""

    error: ErrorTold


def body_of(
    model: type[BaseModel], partial: bool = False, content_type: str = "application/json"
) -> dict[str, Any]:
    """Return what the document says of a request's body; ``partial`` when nothing in it must be given."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    if partial:
        schema.pop("required", None)
        schema["title"] = f"{schema['title']}Patch"
    return {"requestBody": {"required": True, "content": {content_type: {"schema": schema}}}}


def defined(*models: type[BaseModel]) -> dict[str, Any]:
    """Return the schemas that those of the models refer to."""
    found: dict[str, Any] = {}
    for model in models:
        found |= model.model_json_schema(ref_template="#/components/schemas/{model}").get("$defs", {})
    return found
