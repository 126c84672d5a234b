"""``python -m gateway.generate``: writes what comes from the contracts; ``--check`` fails when a file is stale.

With ``--release`` the present documents become the baseline that ``gateway.compatibility`` guards.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from flask import Flask

from gateway import contract as own
from gateway.compatibility import report
from gateway.contracts import own_contracts
from gateway.http.api import document, mount
from shared.contracts import ServiceContract
from shared.contracts.asyncapi import asyncapi_document
from shared.contracts.client import client_modules, facade_module

HOME = Path(__file__).parent
API, CLIENT, RELEASED = HOME / "api", HOME / "client", HOME / "api" / "released"


def openapi_document(contracts: list[ServiceContract]) -> dict[str, Any]:
    """Return the OpenAPI document of the contracts and the gateway's own operations."""
    return document(mount(Flask("openapi"), contracts))


def generated(contracts: list[ServiceContract]) -> dict[Path, str]:
    """Return every generated file with its text."""
    everything = [*contracts, own.CONTRACT]
    files = {
        API / "openapi.json": _json(openapi_document(contracts)),
        API / "asyncapi.json": _json(asyncapi_document(contracts)),
        CLIENT / "api.py": _formatted(facade_module(everything)),
    }
    for contract in everything:
        files |= {CLIENT / path: _formatted(source) for path, source in client_modules(contract).items()}
    return files


def stale_files(files: dict[Path, str], client: Path = CLIENT) -> list[Path]:
    """Return what is missing or holds something else, and modules below ``client`` that nothing makes any more."""
    stale = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    by_hand = {client / "__init__.py", client / "wire.py"}
    left = [path for path in client.rglob("*.py") if path not in files and path not in by_hand]
    return stale + sorted(left)


def main(arguments: list[str] | None = None) -> int:
    """Write or check the files; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m gateway.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when a committed file is stale or breaks a consumer")
    parser.add_argument("--release", action="store_true", help="make the present documents the compatibility baseline")
    chosen = parser.parse_args(arguments)
    files = generated(own_contracts())
    stale = stale_files(files)
    if chosen.check:
        complaints = [f"stale: {path.relative_to(HOME.parent)}; run python -m gateway.generate" for path in stale]
        complaints = complaints or report(RELEASED, API, API / "declared-breaks.json")
        print("\n".join(complaints) or "generated files are current and break nobody")
        return 1 if complaints else 0
    for path in stale:
        if path not in files:
            path.unlink()
            print(f"removed {path.relative_to(HOME.parent)}")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], "utf-8")
        print(f"wrote {path.relative_to(HOME.parent)}")
    if chosen.release:
        RELEASED.mkdir(exist_ok=True)
        for name in ("openapi.json", "asyncapi.json"):
            (RELEASED / name).write_text(files[API / name], "utf-8")
    return 0


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _formatted(source: str) -> str:
    """Return source as the project's formatter leaves it, imports in order."""
    text = source
    for action in (("check", "--select", "I,F401,RUF100,UP", "--fix", "--exit-zero", "--quiet"), ("format", "--quiet")):
        command = [sys.executable, "-m", "ruff", *action, "--stdin-filename", str(CLIENT / "made.py"), "-"]
        text = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=HOME.parent).stdout  # noqa: S603
    return text


if __name__ == "__main__":
    sys.exit(main())
