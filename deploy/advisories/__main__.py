"""``python -m deploy.advisories``: exit 0 nothing known, 1 something known, 69 nothing can be said.

``make audit`` runs it; make itself ends with 2 where this ends with anything but 0.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from pathlib import Path

from deploy.advisories.examination import Finding, NotExamined, examine, pins
from deploy.advisories.service import answering
from deploy.advisories.shelf import Shelf

FOUND, UNSAID = 1, os.EX_UNAVAILABLE
_ROOT = Path(__file__).parents[2]
_SERVICE = "https://api.osv.dev/v1/query"


def main(words: list[str] | None = None) -> int:
    """Examine a lock and say what is known of it."""
    told = _arguments(words)
    try:
        findings, source = _examined(told.lock, told.advisories, told.service)
    except NotExamined as trouble:
        _say(f"未能核查，不能说没有漏洞：{trouble}", f"nothing was examined, so nothing is known to be safe: {trouble}")
        _say('无网络时请用 ARGS="--advisories FILE"', 'without a network: ARGS="--advisories FILE", see the runbook')
        return UNSAID
    except Exception:  # Python ends with 1, which would say that something was found
        traceback.print_exc()
        _say("核查程序出错，不能说没有漏洞", "the examination broke, so nothing is known to be safe")
        return UNSAID
    for finding in findings:
        print(_line(finding))
    count = len(pins(told.lock))
    if findings:
        print(f"{count} 个软件包中有 {len(findings)} 项已知漏洞 / {len(findings)} known in {count} packages ({source})")
        return FOUND
    print(f"{count} 个软件包均无已知漏洞 / nothing known of {count} packages ({source})")
    return 0


def _arguments(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deploy.advisories", description=__doc__)
    parser.add_argument("--lock", type=Path, default=_ROOT / "requirements.lock")
    parser.add_argument("--advisories", type=Path, help="OSV documents, a folder or a zip archive; asks no network")
    parser.add_argument("--service", default=_SERVICE, help="an advisory service that speaks OSV's /v1/query")
    return parser.parse_args(words)


def _examined(lock: Path, advisories: Path | None, service: str) -> tuple[list[Finding], str]:
    if advisories is None:
        return examine(lock, service), service
    asked = pins(lock)
    try:
        shelf = Shelf(advisories)
        for name, version in asked.items():
            shelf.about(name, version)
    except Exception as trouble:  # whatever may be wrong with files from elsewhere
        raise NotExamined(f"{advisories}: {trouble}") from trouble
    if not shelf.count:
        raise NotExamined(f"{advisories}: no advisory for PyPI in it")
    with answering(shelf) as address:
        return examine(lock, address), f"{advisories}: {shelf.count}, {shelf.newest[:10]}"


def _line(finding: Finding) -> str:
    images = ", ".join(
        lock.stem
        for lock in sorted((_ROOT / "deploy" / "docker" / "locks").glob("*.txt"))
        if pins(lock).get(finding.package) == finding.version
    )
    mended = ", ".join(finding.mended_in) or "-"
    return (
        f"{finding.package} {finding.version}  {finding.advisory}  → {mended}  [{images or 'dev'}]  {finding.summary}"
    )


def _say(chinese: str, english: str) -> None:
    print(f"{chinese} / {english}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
