"""Signing and printing registered certificates, beside the event loop."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.notification import contract
from services.notification.commands.press import Press, Sheet
from services.notification.commands.sending import quietly
from services.notification.domain.certificate import CertificateFacts, check_code
from services.notification.store import CERTIFICATES, FILES, certificate_of, certificate_row
from services.notification.typesetting.qr_code import qr_svg
from shared.runtime.work import Work
from shared.security.signed_claims import sign_claims
from shared.security.signing import SigningKeys
from shared.storage import Transaction

Row = dict[str, Any]
PAGE = "certificate"
"""The gateway's page below the public address that a scanned QR code opens."""


@dataclass(frozen=True)
class _Printed:
    certificate_id: str
    signed: str
    pdf: bytes | None
    problem: dict[str, str] | None


def print_certificates(work: Work, press: Press, keys: SigningKeys, term_id: str, unit_id: str) -> int:
    """Sign, print and announce the registered certificates of a roster; return how many cannot be printed."""
    view = work.view()
    registered = {"term_id": term_id, "unit_id": unit_id, "state": "registered"}
    rows = view.rows(CERTIFICATES).find(registered, [("sequence", 1)])
    if not rows:
        return 0
    said = view.rows(CERTIFICATES).unseal_many(rows, "said", purpose="print certificates")
    prepared = [_prepare(work, press, keys, row, plain) for row, plain in zip(rows, said, strict=True)]
    printed = work.offload(_render_all, press, prepared)
    quietly(work, "issue_certificates", lambda tx: _issue(tx, term_id, unit_id, printed))
    return sum(1 for each in printed if each.pdf is None)


def _prepare(work: Work, press: Press, keys: SigningKeys, row: Row, plain: Row) -> tuple[Sheet, str]:
    facts, day = CertificateFacts.from_json(plain), date.fromisoformat(row["issued_on"])
    signed = sign_claims(keys, facts.claims(row["serial"], day))
    sheet = press.compose(work.plugins, {**row, "number": row["serial"]}, facts, day)
    if sheet.content is None:
        return sheet, signed
    # The host's own: no document can print a certificate that does not verify.
    address = f"{work.settings.public_url}/{PAGE}/{signed}"
    proof = {"qr": qr_svg(address), "serial": row["serial"], "code": check_code(signed), "signed": signed}
    return replace(sheet, content={**sheet.content, "proof": proof}), signed


def _render_all(press: Press, prepared: Sequence[tuple[Sheet, str]]) -> list[_Printed]:
    return [_render(press, sheet, signed) for sheet, signed in prepared]


def _render(press: Press, sheet: Sheet, signed: str) -> _Printed:
    pdf, problem = (None, sheet.problem) if sheet.problem is not None else press.render(sheet)
    return _Printed(sheet.letter_id, signed, pdf, problem)


def _issue(tx: Transaction, term_id: str, unit_id: str, printed: Sequence[_Printed]) -> None:
    by_id = {each.certificate_id: each for each in printed}
    changed, files = [], []
    # Whatever was revoked or printed meanwhile stays as it is.
    for row in tx.rows(CERTIFICATES).find({"_id": {"$in": list(by_id)}, "state": "registered"}, [("sequence", 1)]):
        outcome = by_id[row["_id"]]
        life = certificate_of(row)
        if outcome.pdf is None:
            changed.append({**row, **certificate_row(life.not_printable(outcome.problem or {}))})
            continue
        sha256, size = hashlib.sha256(outcome.pdf).hexdigest(), len(outcome.pdf)
        proof = {"signed": outcome.signed, "code": check_code(outcome.signed), "sha256": sha256, "size": size}
        changed.append({**row, **certificate_row(life.printed()), **proof})
        files.append({"_id": row["_id"], "unit_id": row["unit_id"], "sha256": sha256, "size": size, "pdf": outcome.pdf})
    saved = tx.rows(CERTIFICATES).save_many(changed)
    tx.rows(FILES).insert_many(files)
    issued = [row for row in saved if row["state"] == "issued"]
    for row in issued:
        told = {name: row[name] for name in ("nomination_id", "term_id", "unit_id", "serial")}
        tx.emit(contract.CERTIFICATE_ISSUED, {**told, "certificate_id": row["_id"]}, subject=row["_id"])
    if issued:
        ids = [row["_id"] for row in issued]
        data = {"term_id": term_id, "unit_id": unit_id, "certificate_ids": ids, "count": len(ids)}
        tx.emit(contract.CERTIFICATES_PRINTED, data, subject=term_id)
