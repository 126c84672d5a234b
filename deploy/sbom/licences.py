"""The licences of Python packages, as their installed distributions state them, put into a CycloneDX document."""

from __future__ import annotations

import json
import sys
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, cast


def licence(package: str) -> str:
    """Return the licence a package states of itself, empty when it states none or is not installed here."""
    try:
        told = cast("Message[str, str]", metadata(package))
    except PackageNotFoundError:
        return ""
    classified = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if each.startswith("License")]
    first_line = str(told.get("License") or "").strip().partition("\n")[0]
    return str(told.get("License-Expression") or " OR ".join(classified) or first_line)


def licensed(document: str) -> str:
    """Return a CycloneDX document (JSON) with what is known of its components' licences."""
    told: dict[str, Any] = json.loads(document)
    for component in told["components"]:
        if known := licence(component["name"]):
            component["licenses"] = [{"license": {"name": known}}]
    return json.dumps(told, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        path.write_text(licensed(path.read_text("utf-8")), "utf-8")
        print(path)
