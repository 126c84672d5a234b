"""``python -m gateway.compatibility OLD NEW``: fails when NEW breaks who relies on OLD.

OLD and NEW are folders with ``openapi.json`` and ``asyncapi.json``. A break that is meant is declared, with its reason,
in ``declared-breaks.json``: ``{"<place>": "<why, and what replaces it>"}``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from shared.contracts.compatibility import Break, asyncapi_breaks, openapi_breaks


def report(old: Path, new: Path, declared: Path | None = None) -> list[str]:
    """Return a line for every undeclared break, and one for every declaration that declares nothing."""
    breaks = found_breaks(old, new)
    reasons: dict[str, str] = _read(declared) if declared is not None and declared.exists() else {}
    places = {each.place for each in breaks}
    lines = [f"breaking: {each}" for each in breaks if each.place not in reasons]
    lines += [f"declared, but no break: {place}; remove it" for place in sorted(reasons.keys() - places)]
    return lines


def found_breaks(old: Path, new: Path) -> list[Break]:
    """Return the breaks between two folders of documents."""
    return openapi_breaks(_read(old / "openapi.json"), _read(new / "openapi.json")) + asyncapi_breaks(
        _read(old / "asyncapi.json"), _read(new / "asyncapi.json")
    )


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def main(arguments: list[str] | None = None) -> int:
    """Print the breaks; return 1 when there are any."""
    parser = argparse.ArgumentParser(prog="python -m gateway.compatibility", description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--declared", type=Path, help="file of declared breaks")
    chosen = parser.parse_args(arguments)
    lines = report(chosen.old, chosen.new, chosen.declared)
    for line in lines:
        print(line)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
