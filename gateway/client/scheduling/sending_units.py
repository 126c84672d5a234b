"""Sending units of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.scheduling.types.sending_units import SendingUnit, SendingUnitPage
from gateway.client.wire import UNSET, Caller, Unset, given


class SendingUnitsCalls(Caller):
    """计划与排期 / Plans and scheduling: sending units."""

    def put_sending_unit(
        self,
        *,
        unit_id: str,
        title: str,
        staff: int,
        far: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> SendingUnit:
        """登记派员单位的人数和远近 / Register how large and how far a sending unit is."""
        return self._wire.send(
            SendingUnit,
            "PUT",
            "/sending-units/{unit_id}",
            given(unit_id=unit_id, title=title, staff=staff, far=far),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def get_sending_unit(self, *, unit_id: str) -> SendingUnit:
        """查看派员单位 / Show a sending unit."""
        return self._wire.send(SendingUnit, "GET", "/sending-units/{unit_id}", given(unit_id=unit_id))

    def list_sending_units(self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET) -> SendingUnitPage:
        """列出派员单位 / List sending units."""
        return self._wire.send(SendingUnitPage, "GET", "/sending-units", given(cursor=cursor, limit=limit))
