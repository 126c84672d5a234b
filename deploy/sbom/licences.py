"""The licences of Python packages, as their installed distributions state them, put into a CycloneDX document."""

from __future__ import annotations

import json
import sys
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, cast

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator


def licence(package: str) -> str:
    """Return the licence a package states of itself, empty when it states none or is not installed here."""
    try:
        told = cast("Message[str, str]", metadata(package))
    except PackageNotFoundError:
        return ""
    classified = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if each.startswith("License")]
    first_line, _, more = str(told.get("License") or "").strip().partition("\n")
    name = "" if more or first_line == "UNKNOWN" else first_line
    classes = " OR ".join(each for each in classified if each != "OSI Approved")
    return str(told.get("License-Expression") or name or classes or first_line)


def licensed(document: str) -> str:
    """Return a CycloneDX document (JSON) with what is known of its components' licences."""
    told: dict[str, Any] = json.loads(document)
    for component in told["components"]:
        if known := licence(component["name"]):
            component["licenses"] = [{"license": {"name": known}}]
    return json.dumps(told, indent=2, sort_keys=True) + "\n"


def main(paths: list[Path]) -> int:
    """Put the licences into documents; one that is then no valid CycloneDX is told and stays as it was."""
    valid = JsonStrictValidator(SchemaVersion.V1_6)
    for path in paths:
        document = licensed(path.read_text("utf-8"))
        if trouble := valid.validate_str(document):
            print(f"{path} 不是有效的 CycloneDX / is no valid CycloneDX: {trouble}", file=sys.stderr)
            return 1
        path.write_text(document, "utf-8")
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main([Path(word) for word in sys.argv[1:]]))
