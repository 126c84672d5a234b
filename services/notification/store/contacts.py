"""Contacts of recipients, and the ladder of channels by which each kind of them is reached."""

from __future__ import annotations

from services.notification.store.shapes import MAYBE_TEXT, TEXT
from shared.storage import Collection

CONTACTS = Collection(
    "contacts",
    validator={
        "required": ["recipient_kind", "person_shown", "shown"],
        "properties": {"recipient_kind": TEXT, "unit_id": MAYBE_TEXT},
    },
    sealed=("addresses",),
)
"""By recipient, such as ``unit:jiangcheng.donghu`` or ``office:party_school``. ``shown`` holds the masked addresses."""

LADDERS = Collection("ladders", validator={"required": ["channels"]})
"""By kind of recipient or by recipient: the channels in order; the telephone follows by itself."""
