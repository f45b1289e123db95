"""What should we do? Strict decision tables: load a policy pack, check it, decide, and say why."""

from everycall.policy.decide import Decision, decide
from everycall.policy.facts import Facts, resolve
from everycall.policy.load import default_directory, load, pack_directory
from everycall.policy.pack import Pack

__all__ = ["Decision", "Facts", "Pack", "decide", "default_directory", "load", "pack_directory", "resolve"]
