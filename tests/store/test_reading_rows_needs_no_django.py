"""The processes that read rows for an import load no Django: they never ask the store, and start sooner without it."""

from __future__ import annotations

import subprocess
import sys


def test_what_helpers_of_an_import_load_holds_no_django() -> None:
    code = "import sys, everycall.loading.ready; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True)
    assert done.stdout.strip() == "False"
