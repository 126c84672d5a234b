"""The text of a PDF, read in a process of its own: a hostile file can cost that process its time and memory only."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from services.outcomes.reportfiles.findings import FileLimits, FileText, Unreadable, broken

_MODULE = "services.outcomes.reportfiles.portable_child"
_PULSE = 0.02
_PATIENCE = 60.0
"""Seconds until a PDF that is still being read is given up; the process itself is held to less computing time."""


def portable_text(content: bytes, limits: FileLimits) -> FileText:
    """Return what the PDF says. Raises ``Unreadable``. Waits without blocking the event loop; not for ``offload``."""
    with tempfile.TemporaryDirectory(prefix="diaoxun-pdf-") as name:
        folder = Path(name)
        (folder / "report.pdf").write_bytes(content)
        (folder / "limits.json").write_text(json.dumps(asdict(limits)), encoding="utf-8")
        # P22: files and not pipes, so that waiting is a sleep (green under eventlet) and never a blocking read.
        child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", _MODULE, name],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(child)
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        return _answer(folder / "answer.json")


def _wait(child: subprocess.Popen[bytes]) -> None:
    last_moment = time.monotonic() + _PATIENCE
    while child.poll() is None:
        if time.monotonic() > last_moment:
            raise Unreadable(
                "too-slow",
                "读取该PDF用时过长，已中止；请用原软件重新导出PDF，或上传.docx",
                "reading the PDF took too long and was stopped; export it again, or send the .docx",
            )
        time.sleep(_PULSE)


def _answer(path: Path) -> FileText:
    try:
        answer = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise broken() from None
    if "refusal" in answer:
        raise Unreadable(**answer["refusal"])
    return FileText("pdf", answer["text"], answer["margins"])
