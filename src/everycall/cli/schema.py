"""``everycall schema``: the JSON Schema of what comes in and goes out."""

from __future__ import annotations

import json
from typing import Any

import click

from everycall.cli.common import no_store_option


@click.command("schema")
@click.argument("what", type=click.Choice(["call", "assessment", "flag", "priority"]))
@no_store_option
def command(what: str) -> None:
    """Print the JSON Schema of a call, an assessment, a flag or a priority."""
    schema = _schema(what)
    click.echo(json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2))


def _schema(what: str) -> dict[str, Any]:
    if what == "priority":
        from everycall.priorities.edge import priority_schema

        return priority_schema()
    if what == "assessment":
        from everycall.assessment import Assessment

        return Assessment.model_json_schema(by_alias=True, mode="serialization")
    if what == "flag":
        from everycall.flag import Flag

        return Flag.model_json_schema(by_alias=True)
    from everycall.call import Call

    return Call.model_json_schema(by_alias=True)
