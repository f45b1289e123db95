"""What should we do? Strict decision tables: load a policy pack, check it, decide, and say why."""

from everycall.policy.decide import Decision, decide
from everycall.policy.facts import Facts, resolve
from everycall.policy.load import default_directory, load, pack_directory
from everycall.policy.pack import Pack
from everycall.policy.rationale import Context
from everycall.policy.recommend import recommend

__all__ = [
    "Context",
    "Decision",
    "Facts",
    "Pack",
    "decide",
    "default_directory",
    "load",
    "pack_directory",
    "recommend",
    "resolve",
]
