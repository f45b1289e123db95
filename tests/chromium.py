"""The browser of the tests: the system's Chromium; as root it is installed from Debian's packages when it is missing.

``python tests/chromium.py`` is run by ``make test`` before the tests; without a browser it says the one line to run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = "apt-get update && apt-get install --yes --no-install-recommends chromium fonts-liberation"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


def path() -> str | None:
    """Return where the browser is; None: there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def needed() -> str:
    """Return where the browser is; the tests of the screens fail without one, they are not skipped."""
    found = path()
    assert found, f"the screens are tried in Chromium, which is not installed. As root: {INSTALL}"
    return found


def main() -> int:
    """Make sure that there is a browser."""
    if path():
        return 0
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("installing Chromium from Debian's packages for the tests of the screens", flush=True)
        subprocess.run(
            ["sh", "-c", INSTALL], check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        )
        if path():
            return 0
    print(
        f"The screens are tried in Chromium, which is not installed. Run as root:\n  {INSTALL}",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
