"""The process that reads one PDF: a folder with ``report.pdf`` and ``limits.json``, answered by ``answer.json``."""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from services.outcomes.reportfiles.findings import FileLimits, Unreadable, locked, too_long

_CPU_SECONDS = 30
_MEMORY = 1 << 30
_ACTIVE = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/RichMedia", "/XFA")


def main(folder: Path) -> int:
    """Read the PDF of the folder and return the exit status."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    limits = FileLimits(**json.loads((folder / "limits.json").read_text(encoding="utf-8")))
    try:
        answer: dict[str, Any] = read((folder / "report.pdf"), limits)
    except Unreadable as refusal:
        answer = {"refusal": {"reason": refusal.reason, "zh": refusal.zh, "en": refusal.en}}
    (folder / "answer.json").write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
    return 0


def read(path: Path, limits: FileLimits) -> dict[str, str]:
    """Return ``text`` and ``margins`` of a PDF. Raises ``Unreadable``; whatever else it raises means a damaged file."""
    from pypdf import PdfReader

    reader = PdfReader(path)
    if reader.is_encrypted:
        raise locked()
    _refuse_active(reader)
    if len(reader.pages) > limits.pages:
        raise Unreadable(
            "pages",
            f"PDF超过{limits.pages}页，请删减后上传",
            f"the PDF has more than {limits.pages} pages; shorten it",
        )
    pages: list[str] = []
    for page in reader.pages:
        pages.append(page.extract_text())
        if sum(map(len, pages)) > limits.characters:
            raise too_long(limits)
    properties = [str(value) for value in (reader.metadata or {}).values()]
    return {"text": "\n".join(pages).strip(), "margins": "\n".join(properties)}


def _refuse_active(reader: Any) -> None:
    waiting: list[Any] = [reader.trailer["/Root"]]
    seen: dict[int, Any] = {}  # the objects as well, so that no identity is given out twice
    while waiting:
        found = waiting.pop().get_object()
        if id(found) in seen:
            continue
        seen[id(found)] = found
        if isinstance(found, dict):
            if any(name in found or found.get("/S") == name for name in _ACTIVE):
                raise Unreadable(
                    "active",
                    "PDF含有脚本、附件或可执行动作，为安全起见不予接收；请重新导出不含附件的PDF",
                    "the PDF holds scripts, attachments or actions; export it again without",
                )
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
