"""pip-audit over a lock, and what came of it: every package was looked up, or nothing is said of any."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from packaging.utils import canonicalize_name

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_SECONDS = 600
_OF_THIS_HOST = ("127.0.0.1", "localhost", "::1")


class NotExamined(Exception):
    """Nothing can be said: the advisories were out of reach, or did not speak of every package."""


@dataclass(frozen=True)
class Finding:
    """A locked package with a known vulnerability; ``mended_in``: releases without it, as the advisory says."""

    package: str
    version: str
    advisory: str
    mended_in: tuple[str, ...]
    summary: str


def pins(lock: Path) -> dict[str, str]:
    """Return the packages of a lock file with their versions."""
    return {canonicalize_name(name): version for name, version in _PIN.findall(lock.read_text("utf-8"))}


def examine(lock: Path, service: str) -> list[Finding]:
    """Look every package of ``lock`` up at an advisory service that speaks OSV's ``/v1/query``."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip_audit", "-r", str(lock), "--require-hashes", "--disable-pip", "--strict",
                   "-s", "osv", "--osv-url", service, "--progress-spinner", "off", "--cache-dir", folder,
                   "-f", "json", "-o", str(report)]  # fmt: skip
        try:
            # The words of pip-audit have codes for what was found only: its 1 may also be a crash.
            done = subprocess.run(  # noqa: S603 - our own interpreter, our own arguments
                command, capture_output=True, text=True, timeout=_SECONDS, check=False, env=_environment(service)
            )
            told = json.loads(report.read_text("utf-8"))["dependencies"]
        except subprocess.TimeoutExpired as late:
            raise NotExamined(f"no end after {_SECONDS} s") from late
        except (OSError, ValueError, KeyError) as nothing:
            raise NotExamined(_last_line(done.stderr)) from nothing
    return _read(told, pins(lock))


def _environment(service: str) -> dict[str, str]:
    """Return ours without what would change pip-audit's questions; no proxy is asked for a service of this host."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_AUDIT_")}
    host = urlsplit(service).hostname or ""
    return kept | ({"NO_PROXY": host, "no_proxy": host} if host in _OF_THIS_HOST else {})


def _read(told: list[dict[str, Any]], asked: dict[str, str]) -> list[Finding]:
    looked_up = {canonicalize_name(each["name"]): each["version"] for each in told if "skip_reason" not in each}
    if not asked:
        raise NotExamined("no package in the lock")
    if missed := sorted(set(asked.items()) - set(looked_up.items())):
        raise NotExamined(f"not looked up: {missed[:5]}")
    return [
        Finding(each["name"], each["version"], found["id"], tuple(found["fix_versions"]), found.get("description", ""))
        for each in told
        for found in each["vulns"]
    ]


def _last_line(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "")[:200]
