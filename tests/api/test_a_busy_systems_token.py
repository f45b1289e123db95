"""A token that was just found good is not looked up with every call; one that is revoked ends all the same, soon."""

from __future__ import annotations

from typing import Any

import build
from everycall.accounts import tokens


def test_it_is_trusted_for_as_long_as_the_server_says_and_no_longer(served: Any) -> None:
    token = served.token("assess")
    label = token.split("_")[1]
    served.ground.trust_tokens_seconds = 3_600.0
    assert served.ask("POST", "/assessments", build.facts(), token=token).status == 200
    tokens.revoke(served.connection(), label, served.at)
    assert served.ask("POST", "/assessments", build.facts(), token=token).status == 200
    served.ground.trust_tokens_seconds = 0.0
    assert served.ask("POST", "/assessments", build.facts(), token=token).status == 401
    served.ground.trust_tokens_seconds = 3_600.0  # what was refused is not trusted again
    assert served.ask("POST", "/assessments", build.facts(), token=token).status == 401


def test_a_persons_session_is_looked_up_each_time(served_on_sqlite: Any) -> None:
    served = served_on_sqlite
    key = served.person("c7214", "handler")
    served.ground.trust_tokens_seconds = 3_600.0
    assert served.ask("GET", "/session", key=key).status == 200
    build.change(served.ground.force(), "DELETE FROM signed_in")
    assert served.ask("GET", "/session", key=key).status == 401
