"""Closings, collected files and archives in the database; all content lies sealed, in pieces a document can hold."""

from __future__ import annotations

from services.compliance.store.shapes import ARRAY, COUNT, INSTANT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index, Transaction, View

CLOSINGS = Collection(
    "closings",
    validator=shape(
        state={"enum": ["open", "closing", "refused", "closed", "reopened"]},
        process_id=TEXT_OR_NULL,
        edition=COUNT,
        missing=ARRAY,
        reopenings=ARRAY,
    ),
)
"""``_id`` is the term's."""
ARCHIVES = Collection(
    "archives",
    indexes=(Index((("term_id", 1), ("edition", 1)), unique=True),),
    validator=shape(
        term_id=TEXT,
        edition=COUNT,
        state={"enum": ["sealed", "void"]},
        sha256=TEXT,
        manifest_sha256=TEXT,
        size=COUNT,
        manifest={"bsonType": "object"},
        sealed_at=INSTANT,
    ),
)
PIECES = Collection(
    "archive_pieces",
    indexes=(Index((("owner", 1), ("number", 1)), unique=True),),
    validator=shape(owner=TEXT, number=COUNT, content=TEXT),
    sealed=("content",),
)
"""``owner`` is an archive, or ``<closing process>/<service>`` for what was collected and is not packed yet."""

_PIECE_BYTES = 1 << 20


def keep_pieces(tx: Transaction, owner: str, content: bytes) -> None:
    """Store a file sealed, in pieces; what the owner had before is replaced."""
    drop_pieces(tx, owner)
    for number, start in enumerate(range(0, max(len(content), 1), _PIECE_BYTES)):
        piece = {"owner": owner, "number": number, "content": content[start : start + _PIECE_BYTES]}
        tx.rows(PIECES).insert({"_id": f"{owner}:{number}", **piece})


def drop_pieces(tx: Transaction, owner: str) -> None:
    """Remove what an owner has."""
    for row in tx.rows(PIECES).find({"owner": owner}):
        tx.rows(PIECES).remove(row)


def pieces_of(view: View, owner: str, purpose: str) -> bytes | None:
    """Return a stored file, ``None`` when there is none; its opening is audited with the purpose."""
    rows = view.rows(PIECES)
    found = rows.find({"owner": owner}, sort=(("number", 1),))
    return b"".join(rows.unseal_many(found, "content", purpose)) if found else None
