"""Puts the project's root on the path, so that a test can run what ``benchmarks/`` prints."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
