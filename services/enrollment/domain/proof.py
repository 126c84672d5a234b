"""Proof files (证明材料): what they are by their content, and what is not taken at all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from services.enrollment.domain.wording import Refusal

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "ofd": "application/ofd",
}
_MAGIC = {"pdf": b"%PDF-", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
_SECRET = ("绝密", "机密", "秘密")


def kind_of(content: bytes) -> str | None:
    """Return ``pdf``, ``jpeg``, ``png`` or ``ofd`` (GB/T 33190) by the content, or ``None`` for anything else."""
    found = next((kind for kind, magic in _MAGIC.items() if content.startswith(magic)), None)
    return found or ("ofd" if _is_ofd(content) else None)


def read_proof(content: bytes, filename: str, most: int, kinds: Sequence[str]) -> str:
    """Return the kind of a proof file. Raises ``Refusal``: empty, above ``most`` bytes, another kind, marked secret.

    The name is looked at for a classification mark only: what is classified does not belong on this platform.
    """
    if any(mark in filename for mark in _SECRET):
        raise Refusal(
            "proof-classified",
            "文件名标有密级，涉密材料不得上传本平台，请线下报送",
            "the file name carries a classification mark; classified papers do not go through this platform",
        )
    if not content:
        raise Refusal("proof-empty", "证明材料是空文件，请重新选择", "the proof file is empty; choose it again")
    if len(content) > most:
        raise Refusal(
            "proof-size",
            f"证明材料{len(content) / 1024 / 1024:.1f} MiB，超过{most / 1024 / 1024:.0f} MiB，请压缩后上传",
            f"the proof file has {len(content)} bytes, above {most}; make it smaller",
        )
    kind = kind_of(content)
    if kind is None or kind not in kinds:
        raise Refusal(
            "proof-kind",
            f"证明材料应为{'、'.join(kinds)}文件（按内容识别），请转换后上传",
            f"a proof file is one of {', '.join(kinds)}, told by its content; convert it",
        )
    return kind


def _is_ofd(content: bytes) -> bool:
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "OFD.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
