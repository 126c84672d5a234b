"""The event by which a service's long processes move; a contract may import it, for it needs no broker and no store."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.event import Event
from shared.contracts.schema import EventData
from shared.wording import Words


class ProcessAdvanced(EventData):
    """A process is due for its next step; a service's news to itself."""

    process_id = fields.String(required=True)
    turn = fields.Integer(required=True)


def process_advanced(service: str) -> Event:
    """Return the event by which the service's processes move; it goes into the service's contract."""
    return Event(
        f"{service}.process.advanced.v1", Words("流程进入下一步", "A process moved to its next step"), ProcessAdvanced
    )
