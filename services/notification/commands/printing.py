"""Printing a batch of registered letters: rendered beside the event loop, stored in one transaction, then sent."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog

from services.notification import contract
from services.notification.commands.acknowledgements import awaited
from services.notification.commands.press import Press, Sheet
from services.notification.commands.sending import (
    Outcome,
    new_deliveries,
    not_stored,
    quietly,
    record_first,
    send_all,
    stored_pdfs,
)
from services.notification.domain.facts import Facts
from services.notification.store import FILES, LETTERS, letter_of, letter_row
from shared.runtime.work import Work
from shared.storage import Transaction

_log = structlog.get_logger("diaoxun.notification")


@dataclass(frozen=True)
class Printed:
    """The outcome for one letter: its PDF, or why there is none."""

    letter_id: str
    pdf: bytes | None = None
    problem: dict[str, str] | None = None


def print_batch(work: Work, press: Press) -> None:
    """Render the letters of a batch, store the PDFs, mark them issued and send them out.

    A letter that has to be signed off first stays printed and waits. One that cannot be printed is marked so with the
    reason and holds up none of the others. When the process ends on the way, the batch comes again: what is issued
    stays so, and is sent under the same delivery identifiers.
    """
    view = work.view()
    rows = view.rows(LETTERS).find(_still_to_send(work.request), [("_id", 1)])
    waiting = [row for row in rows if row["state"] == "registered"]
    said = view.rows(LETTERS).unseal_many(waiting, "said", purpose="print letters")
    sheets = [_sheet(press, work, row, Facts.from_json(plain)) for row, plain in zip(waiting, said, strict=True)]
    printed = work.offload(_render_all, press, sheets)
    issued = _issued(work, printed) if printed else rows
    deliveries, outcomes = _sent(work, issued, {each.letter_id: each.pdf for each in printed if each.pdf is not None})
    work.transact(lambda tx: record_first(tx, deliveries, outcomes))


def _issued(work: Work, printed: Sequence[Printed]) -> list[dict[str, Any]]:
    issued: list[dict[str, Any]] = []

    def issue(tx: Transaction) -> None:
        issued[:] = _issue(tx, work.request, printed)

    # No step of the work: the state of the letters says what was done, a marker would say no more.
    quietly(work, "issue_letters", issue)
    return issued


def _sent(
    work: Work, letters: Sequence[dict[str, Any]], pdfs: dict[str, bytes]
) -> tuple[list[dict[str, Any]], dict[str, Outcome]]:
    view = work.view()
    deliveries = not_stored(view, new_deliveries(view, [row for row in letters if row["superseded_by"] is None]))
    missing = [row for row in deliveries if row["letter_id"] not in pdfs]
    if missing:
        pdfs = pdfs | stored_pdfs(view, missing)
    return deliveries, send_all(work, deliveries, pdfs)


def _sheet(press: Press, work: Work, row: dict[str, Any], facts: Facts) -> Sheet:
    time.sleep(0)  # P22: a long roster must not keep other greenlets from running
    return press.compose(work.plugins, row, facts, date.fromisoformat(row["issued_on"]))


def _render_all(press: Press, sheets: Sequence[Sheet]) -> list[Printed]:
    return [_render(press, sheet) for sheet in sheets]


def _render(press: Press, sheet: Sheet) -> Printed:
    if sheet.problem is not None:
        return Printed(sheet.letter_id, problem=sheet.problem)
    pdf, problem = press.render(sheet)
    return Printed(sheet.letter_id, pdf, problem)


def _issue(tx: Transaction, batch: dict[str, Any], outcomes: Sequence[Printed]) -> list[dict[str, Any]]:
    by_letter = {outcome.letter_id: outcome for outcome in outcomes}
    rows = tx.rows(LETTERS).find(_still_to_send(batch), [("_id", 1)])
    # The same event may be at work a second time (P11): what that one issued is to be sent from here too, because only
    # one of both will write the deliveries down.
    before = [row for row in rows if row["state"] == "issued"]
    issued: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = []
    failed: list[dict[str, Any]] = []
    for row in rows:
        outcome = by_letter.get(row["_id"])
        if row["state"] == "issued" or outcome is None:
            continue
        if outcome.pdf is not None:
            life = letter_of(row).printed(row.get("sign_off", False))
            proof = {"sha256": hashlib.sha256(outcome.pdf).hexdigest(), "size": len(outcome.pdf)}
            (waiting if life.state == "printed" else issued).append({**row, **letter_row(life), **proof})
        else:
            failed.append({**row, **letter_row(letter_of(row).not_printable(outcome.problem or {}))})
    tx.rows(FILES).insert_many(
        {name: row[name] for name in ("_id", "unit_id", "sha256", "size")} | {"pdf": by_letter[row["_id"]].pdf}
        for row in (*issued, *waiting)
    )
    issued = awaited(tx, issued)
    tx.rows(LETTERS).save_many([*issued, *waiting, *failed])
    announce_issued(tx, batch["batch_id"], issued)
    _announce_waiting(tx, batch["batch_id"], waiting)
    _announce_failed(tx, failed)
    return [*before, *issued]


def _still_to_send(batch: dict[str, Any]) -> dict[str, Any]:
    return {"_id": {"$in": batch["letter_ids"]}, "state": {"$in": ["registered", "issued"]}}


def announce_issued(tx: Transaction, batch_id: str, issued: Sequence[dict[str, Any]]) -> None:
    """Announce letters of one batch that may go out."""
    if issued:
        tx.emit(
            contract.LETTERS_ISSUED,
            {
                "batch_id": batch_id,
                "term_id": issued[0]["term_id"],
                "unit_id": issued[0]["unit_id"],
                "letters": [{"letter_id": row["_id"], "kind": row["kind"], "number": row["number"]} for row in issued],
            },
            subject=batch_id,
        )


def _announce_waiting(tx: Transaction, batch_id: str, waiting: Sequence[dict[str, Any]]) -> None:
    if waiting:
        tx.emit(
            contract.BATCH_PRINTED,
            {
                "batch_id": batch_id,
                **{name: waiting[0][name] for name in ("term_id", "unit_id")},
                "letter_ids": [row["_id"] for row in waiting],
            },
            subject=batch_id,
        )


def _announce_failed(tx: Transaction, failed: Sequence[dict[str, Any]]) -> None:
    for row in failed:
        _log.warning("letter cannot be printed", letter_id=row["_id"], problem=row["problem"]["en"])
        tx.emit(
            contract.LETTER_FAILED,
            {
                "letter_id": row["_id"],
                "term_id": row["term_id"],
                "unit_id": row["unit_id"],
                "stage": "printing",
                "channel": None,
            },
            subject=row["_id"],
        )
