"""A new certificate in place of one that was lost, damaged or taken back."""

from __future__ import annotations

from typing import Any

from services.notification import contract
from services.notification.commands.certifying import Anew, issue_roster
from services.notification.commands.press import Press
from services.notification.commands.revoking import closed
from services.notification.queries.certificates import shown
from services.notification.store import BOOKS, CERTIFICATES, held_of, roster_id
from shared.runtime.work import Work
from shared.security.signing import SigningKeys
from shared.storage import Transaction, View

Row = dict[str, Any]


def reissue_certificate(work: Work, press: Press, keys: SigningKeys) -> Row:
    """Revoke a certificate and issue another with what compliance and enrollment say now, together."""
    # A step, so that the same command sent again, or after a crash, goes on from here and replaces once.
    chosen = work.step("choose", lambda tx: _choose(tx, work.request["certificate_id"]))
    row = work.view().rows(CERTIFICATES).get_within_reach(work.request["certificate_id"])
    if _held(work.view(), row) == chosen["held"]:
        anew = Anew(row["nomination_id"], chosen["held"], work.request["reason"])
        issue_roster(work, press, keys, row["term_id"], row["unit_id"], anew)
    after = _held(work.view(), row)
    if after is None or after == chosen["held"]:
        raise contract.NotCompleted(
            f"证书{row['serial']}的持证人目前没有已确认的结业评定，不能换发",
            f"nobody confirmed that the holder of {row['serial']} completed the term; there is nothing to issue",
            certificate_id=row["_id"],
        )
    return work.transact(lambda tx: shown(tx.rows(CERTIFICATES).get(after)))


def _choose(tx: Transaction, certificate_id: str) -> Row:
    row = tx.rows(CERTIFICATES).get_within_reach(certificate_id)
    tx.expect(row)
    held = _held(tx, row)
    if row["replaced_by"] is not None or held not in (None, row["_id"]):
        raise closed(row)
    return {"held": held}


def _held(view: View, row: Row) -> str | None:
    """Return the certificate that the same person holds now."""
    book = view.rows(BOOKS).get(roster_id(row["term_id"], row["unit_id"]))
    return held_of(book).letter_of(row["nomination_id"])
