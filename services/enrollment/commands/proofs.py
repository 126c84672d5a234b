"""Proof files: looked at, and kept sealed in pieces a document can hold."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from services.enrollment.commands.refusals import fault_of
from services.enrollment.contract import ProofRefused
from services.enrollment.domain.proof import MEDIA_TYPES, read_proof
from services.enrollment.domain.wording import Refusal
from services.enrollment.store import PROOFS
from shared.policies import Policies
from shared.storage import Transaction, View

_PART_BYTES = 1 << 20
_PURPOSE = "查看更换人选证明材料 / the proof of a replacement is looked at"


def checked_proof(encoded: str, filename: str, policies: Policies) -> tuple[bytes, str]:
    """Return a proof file's content and kind. Raises ``ProofRefused``; nothing is kept."""
    most = policies.number("replacement.proof_max_bytes")
    try:
        # A text this much longer cannot hold less: it is measured before it is decoded.
        content = b"\0" * (most + 1) if len(encoded) > most * 4 // 3 + 4 else base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise ProofRefused(
            "证明材料不是有效的base64，请通过上传功能提交",
            "the proof is not valid base64; send it as an upload",
            reason="proof-base64",
        ) from None
    try:
        return content, read_proof(content, filename, most, policies["replacement.proof_kinds"].value)
    except Refusal as refusal:
        raise fault_of(refusal) from None


def keep_proof(tx: Transaction, replacement_id: str, content: bytes) -> None:
    """Store a proof sealed."""
    tx.rows(PROOFS).insert_many(
        {
            "_id": f"{replacement_id}:{number}",
            "replacement_id": replacement_id,
            "number": number,
            "content": content[start : start + _PART_BYTES],
        }
        for number, start in enumerate(range(0, len(content), _PART_BYTES))
    )


def stored_proof(view: View, replacement: dict[str, Any]) -> dict[str, Any]:
    """Return the proof of a replacement as a file; the view is audited."""
    rows = view.rows(PROOFS)
    parts = rows.find({"replacement_id": replacement["_id"]}, sort=(("number", 1),))
    content = b"".join(rows.unseal_many(parts, "content", _PURPOSE)) if parts else b""
    return {
        "filename": replacement["proof_filename"],
        "media_type": MEDIA_TYPES[replacement["proof_kind"]],
        "content": base64.b64encode(content).decode(),
    }
