"""For every test: this folder on the path, and property tests that try the same examples each time.

A test that fails must fail again when it is run again. HYPOTHESIS_PROFILE=explore looks for new examples.
"""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None, max_examples=100)
settings.register_profile("explore", deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
