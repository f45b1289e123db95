"""``everycall schema``: the JSON Schema of what comes in and goes out."""

from __future__ import annotations

import json

import pytest

from command import run
from everycall.assessment import Assessment
from everycall.call import Call


@pytest.mark.parametrize("what", ["call", "assessment", "flag", "priority"])
def test_a_schema_is_one_json_document_that_names_its_draft(what: str) -> None:
    ran = run("schema", what)
    assert (ran.exit, ran.err) == (0, "")
    schema = json.loads(ran.out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["properties"]


def test_the_schema_of_a_call_has_its_fields_and_refuses_others() -> None:
    schema = json.loads(run("schema", "call").out)
    assert set(schema["properties"]) == set(Call.model_fields)
    assert schema["required"] == ["ref", "received_at"]
    assert schema["additionalProperties"] is False


def test_the_schema_of_an_assessment_has_what_an_assessment_has() -> None:
    schema = json.loads(run("schema", "assessment").out)
    assert len(schema["properties"]) == len(Assessment.model_fields)
    assert {"repeat", "vulnerability", "priorities", "harm", "recommendation", "ask_next"} <= set(
        schema["properties"]
    )
