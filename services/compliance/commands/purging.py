"""Deleting health declarations so that it can be proved: what went is counted, digested and chained."""

from __future__ import annotations

from typing import Any

from services.compliance.contract.health_events import HEALTH_PURGED
from services.compliance.domain.health import Proof, digest_of
from services.compliance.store.health import DECLARATIONS, PURGES
from shared.errors import Conflict
from shared.identifiers import new_id
from shared.storage import Transaction
from shared.storage.canonical import instant_text


def purge(tx: Transaction, term_id: str, rows: list[dict[str, Any]], cause: str) -> dict[str, Any]:
    """Delete these declarations, look whether any is left, and keep the proof; return its row.

    The chain of proofs has one end: two purges at once collide on its next number, and one of them runs again.
    """
    removed = tuple(row["_id"] for row in rows)
    for row in rows:
        tx.rows(DECLARATIONS).remove(row)
    left = tx.rows(DECLARATIONS).count({"_id": {"$in": list(removed)}})
    if left:
        raise Conflict(f"仍有{left}份健康申报未删除", f"{left} declarations are still there", left=left)
    last = tx.rows(PURGES).one({}, sort=(("number", -1),)) or {"number": 0, "seal": ""}
    said_at = instant_text(tx.now)
    proof = Proof(last["number"] + 1, term_id, cause, said_at, removed, digest_of(removed), last["seal"])
    row = tx.rows(PURGES).insert(
        {
            "_id": new_id("purge"),
            "number": proof.number,
            "term_id": term_id,
            "cause": cause,
            "count": len(removed),
            "removed": sorted(removed),
            "digest": proof.digest,
            "previous": proof.previous,
            "seal": proof.seal,
            "said_at": said_at,
            "purged_at": tx.now,
        }
    )
    tx.note(row["_id"], "health-purged", count=len(removed), digest=proof.digest, cause=cause)
    tx.emit(HEALTH_PURGED, {"term_id": term_id, "count": len(removed), "proof_id": row["_id"]}, subject=row["_id"])
    return row
