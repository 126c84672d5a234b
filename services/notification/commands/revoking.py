"""Certificates that no longer hold: taken back by somebody, or because the facts changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.notification import contract
from services.notification.domain.certificate import CertificateClosed
from services.notification.queries.certificates import shown
from services.notification.store import (
    BOOKS,
    CERTIFICATES,
    book_row,
    certificate_of,
    certificate_row,
    held_of,
    roster_id,
)
from shared.storage import Transaction

Row = dict[str, Any]


def revoke_certificate(tx: Transaction, request: Row) -> Row:
    """Take a certificate back; what is decided later gives the person none, until somebody reissues."""
    row = tx.rows(CERTIFICATES).get_within_reach(request["certificate_id"])
    tx.expect(row)
    try:
        revoked = revoke_rows(tx, [row["_id"]], request["reason_code"], lambda _: (None, request["reason"]))
    except CertificateClosed:
        raise closed(row) from None
    book = tx.rows(BOOKS).get(roster_id(row["term_id"], row["unit_id"]))
    barred = sorted({*book["barred"], row["nomination_id"]})
    tx.rows(BOOKS).save({**book, **book_row(held_of(book).let_go(row["_id"])), "barred": barred})
    return shown(revoked[0])


def revoke_rows(
    tx: Transaction, certificate_ids: list[str], code: str, why: Callable[[Row], tuple[str | None, str]]
) -> list[Row]:
    """Revoke certificates and announce it. ``why`` gives the one that takes its place, and the reason in words.

    Raises ``CertificateClosed`` for one that was revoked before.
    """
    if not certificate_ids:
        return []
    rows = []
    for row in tx.rows(CERTIFICATES).find({"_id": {"$in": certificate_ids}}):
        replaced_by, reason = why(row)
        life = certificate_of(row).revoke(code, reason, tx.caller.subject, tx.now, replaced_by)
        rows.append({**row, **certificate_row(life)})
    saved = tx.rows(CERTIFICATES).save_many(rows)
    for row in saved:
        told = {name: row[name] for name in ("nomination_id", "term_id", "unit_id", "serial", "reason_code")}
        tx.emit(contract.CERTIFICATE_REVOKED, {**told, "certificate_id": row["_id"]}, subject=row["_id"])
    return saved


def closed(row: Row) -> contract.CertificateClosed:
    """Return the fault for a certificate that was revoked before."""
    return contract.CertificateClosed(
        f"证书{row['serial']}已撤销，不能再办理；请查看换发后的证书或重新核对编号",
        f"certificate {row['serial']} was revoked; look for the one that took its place, or check the identifier",
        certificate_id=row["_id"],
        replaced_by=row["replaced_by"],
    )
