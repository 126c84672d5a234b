"""Registering units that send people."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands.registering import refuse_match
from services.scheduling.queries.sending_units import unit_reply
from services.scheduling.store import SENDING_UNITS
from shared.storage import Transaction, exactly
from shared.unit_paths import require_unit_path

Document = dict[str, Any]
_FIELDS = ("title", "staff", "far")


def put_sending_unit(tx: Transaction, request: Document) -> Document:
    """Register a unit or change it; what it weighs holds from the next placement on."""
    rows, fields = tx.rows(SENDING_UNITS), {name: request[name] for name in _FIELDS}
    doc = rows.one({"_id": exactly(request["unit_id"])})
    if doc is None:
        require_unit_path(request["unit_id"])
        refuse_match(tx, request["unit_id"])
        return unit_reply(rows.insert({"_id": request["unit_id"], **fields}))
    if all(doc[name] == value for name, value in fields.items()):
        tx.expect(doc)
        return unit_reply(doc)
    return unit_reply(rows.save({**doc, **fields}))
