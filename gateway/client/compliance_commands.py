"""Commands of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client import compliance_types as types
from gateway.client.wire import UNSET, Unset, Wire, given


class ComplianceCommands:
    """学员管理 / Compliance."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def acknowledge_briefing(
        self,
        *,
        briefing_id: str,
        signer: str,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Briefing:
        """确认已完成纪律提醒 / Acknowledge that the briefing was given."""
        return self._wire.send(
            types.Briefing,
            "POST",
            "/briefings/{briefing_id}/acknowledgement",
            given(briefing_id=briefing_id, signer=signer, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
