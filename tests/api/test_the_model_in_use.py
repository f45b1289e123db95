"""Calls that come in through the API are searched by the identity model the force trained, as at the command."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import build
from everycall.force import Force
from everycall.identity.artefact import seal, unseal
from everycall.serving.ground import LOOK_FOR_MODEL_SECONDS
from everycall.store.kept_model import use_model, use_shipped_model


def trained(served: Any) -> str:
    shipped = json.loads(files("everycall.identity").joinpath("data/model.json").read_text("utf-8"))
    text = seal({**shipped, "name": "trained in a test"})
    model = unseal(text, "a test's model")
    use_model(served.ground.force().store, text, model.name, model.sha256, build.KNOWN)
    return f"{model.name} {model.sha256[:12]}"


def made_with(served: Any, ref: str) -> str:
    answer = served.ask("POST", "/assessments", build.facts(ref), token=served.token("assess"))
    return str(answer.body["made_with"]["identity_model"])


def test_a_model_that_was_trained_is_searched_by_and_so_is_the_shipped_one_again(served: Any) -> None:
    shipped = Force(served.ground.force().store, served.ground.policy).made_with().identity_model
    assert made_with(served, "NEW-1") == shipped
    name = trained(served)
    served.ground._model_looked_up -= LOOK_FOR_MODEL_SECONDS
    assert made_with(served, "NEW-2") == name
    use_shipped_model(served.ground.force().store)
    served.ground._model_looked_up -= LOOK_FOR_MODEL_SECONDS
    assert made_with(served, "NEW-3") == shipped


def test_a_model_that_is_named_and_not_kept_leaves_the_one_in_use(served_on_sqlite: Any) -> None:
    served = served_on_sqlite
    name = trained(served)
    served.ground._model_looked_up -= LOOK_FOR_MODEL_SECONDS
    assert made_with(served, "NEW-1") == name
    build.change(
        served.ground.force(), "UPDATE setting SET value = %s WHERE name = 'identity_model'", ["0" * 64]
    )
    served.ground._model_looked_up -= LOOK_FOR_MODEL_SECONDS
    assert made_with(served, "NEW-2") == name
