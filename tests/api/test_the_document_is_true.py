"""The OpenAPI document: valid, and every answer to what it allows is as it says (schemathesis)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import openapi

import build
from conftest import serve
from everycall.api.api import openapi as document
from everycall.serving.settings import SESSION_COOKIE_NAME


def test_the_document_names_every_refusal_and_the_way_in(operations: Any) -> None:
    told = json.loads(document())
    assert told["openapi"].startswith("3.")
    assert SESSION_COOKIE_NAME in json.dumps(told["components"]["securitySchemes"])
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            assert "Refusal" in json.dumps(operation["responses"]["default"]), (method, path)


def test_every_reference_in_the_document_leads_somewhere(operations: Any) -> None:
    told = json.loads(document())
    text = json.dumps(told)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names - set(told["components"]["schemas"]) == set()


@pytest.fixture
def operations(sqlite_store: str, tmp_path: Path) -> Any:
    """Return every operation of the document, and what asks the server."""
    served = serve(sqlite_store, tmp_path / "aside")
    served.ask("POST", "/assessments", build.facts(), token=served.token("assess"))
    token = served.token("assess", "calls", "decide", "match", "priorities", "webhooks", "caller_number")
    yield served, token, openapi.from_dict(json.loads(document()))
    served.ground.let_go()


def test_no_request_that_the_document_allows_makes_a_fault(operations: Any) -> None:
    served, token, schema = operations
    asked = []
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path.startswith("/api/v1/session") or operation.path.endswith("openapi.json"):
            continue

        @settings(
            max_examples=12,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def try_one(case: Any) -> None:
            answer = send(served, token, case)
            asked.append(answer.status)
            assert answer.status < 500, (case.method, case.path, answer.body)
            if answer.status >= 400:
                assert answer.code

        try_one()
    assert len(asked) > 100
    assert any(status < 300 for status in asked)


def send(served: Any, token: str, case: Any) -> Any:
    from urllib.parse import quote, urlencode

    path = case.path.removeprefix("/api/v1")
    for name, value in (case.path_parameters or {}).items():
        path = path.replace("{" + name + "}", quote(str(value), safe=""))
    query = case.query or {}
    if query:
        path += "?" + urlencode(query, doseq=True, errors="replace")
    body = case.body if not isinstance(case.body, schemathesis.core.NotSet) else None
    raw = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    content_type = case.media_type or "application/json"
    return served.ask(case.method, path, raw=raw, token=token, content_type=content_type)
