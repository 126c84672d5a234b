"""Registering lecturers and when they cannot teach."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands.announcing import review_lecturer
from services.scheduling.commands.registering import refuse_match
from services.scheduling.domain.lecturer import backwards, masked_email, masked_phone
from services.scheduling.domain.wire import to_wire
from services.scheduling.queries.lecturers import away_of, lecturer_reply, own_record
from services.scheduling.store import LECTURERS
from shared.errors import Invalid
from shared.security.caller import Role
from shared.storage import Transaction, exactly

Document = dict[str, Any]
_FIELDS = ("name", "grade", "organisation", "post", "expertise", "out_of_town", "active")


def put_lecturer(tx: Transaction, request: dict[str, Any]) -> Document:
    """Register a lecturer or change the record."""
    rows = tx.rows(LECTURERS)
    fields: Document = {name: request[name] for name in _FIELDS}
    if "contact" in request:
        contact = request["contact"]
        fields |= {
            "contact": contact,
            "phone_masked": masked_phone(contact["phone"]),
            "email_masked": masked_email(contact["email"]),
        }
    doc = rows.one({"_id": exactly(request["lecturer_id"])})
    if doc is None:
        refuse_match(tx, request["lecturer_id"])
        unknown: Document = {"contact": None, "phone_masked": "", "email_masked": "", "unavailable": []}
        return lecturer_reply(rows.insert({"_id": request["lecturer_id"], **unknown, **fields}))
    saved = rows.save({**doc, **fields})
    if doc["active"] != saved["active"]:
        review_lecturer(tx, saved["_id"])
    return lecturer_reply(saved)


def put_unavailability(tx: Transaction, request: dict[str, Any]) -> Document:
    """Set when a lecturer cannot teach; placed terms that need the lecturer then are due for another place."""
    return lecturer_reply(_set_away(tx, request["lecturer_id"], request["unavailable"]))


def report_unavailability(tx: Transaction, request: dict[str, Any]) -> Document:
    """Set when the lecturer who asks cannot teach."""
    return own_record(_set_away(tx, tx.caller.own_id(Role.LECTURER), request["unavailable"]))


def _set_away(tx: Transaction, lecturer_id: str, spans: list[Document]) -> Document:
    doc = tx.rows(LECTURERS).get(lecturer_id)
    doc["unavailable"] = to_wire(spans)
    wrong = backwards(away_of(doc))
    if wrong:
        raise Invalid(
            f"不能授课的时间{wrong[0].starts_on}至{wrong[0].ends_on}结束早于开始，请核对",
            f"an absence from {wrong[0].starts_on} to {wrong[0].ends_on} ends before it starts; check the days",
        )
    saved = tx.rows(LECTURERS).save(doc)
    review_lecturer(tx, lecturer_id)
    return saved
