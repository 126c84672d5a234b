"""Briefings of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.compliance.types.briefings import Briefing, BriefingPage, BriefingProof, MyBriefing
from gateway.client.wire import UNSET, Caller, Unset, given


class BriefingsCalls(Caller):
    """学员管理 / Compliance: briefings."""

    def list_briefings(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["opened", "acknowledged", "cancelled"] | Unset = UNSET,
    ) -> BriefingPage:
        """查询纪律提醒 / List briefings."""
        return self._wire.send(
            BriefingPage,
            "GET",
            "/briefings",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, state=state),
        )

    def get_briefing(self, *, briefing_id: str) -> Briefing:
        """查看一份纪律提醒 / Show one briefing."""
        return self._wire.send(Briefing, "GET", "/briefings/{briefing_id}", given(briefing_id=briefing_id))

    def get_briefing_proof(self, *, briefing_id: str) -> BriefingProof:
        """查看纪律提醒证明 / Show the proof of a briefing."""
        return self._wire.send(BriefingProof, "GET", "/briefings/{briefing_id}/proof", given(briefing_id=briefing_id))

    def acknowledge_briefing(
        self,
        *,
        briefing_id: str,
        signer: str,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Briefing:
        """确认已完成纪律提醒 / Acknowledge that the briefing was given."""
        return self._wire.send(
            Briefing,
            "POST",
            "/briefings/{briefing_id}/acknowledgement",
            given(briefing_id=briefing_id, signer=signer, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def get_my_briefing(self) -> MyBriefing:
        """查看本人的纪律提醒 / Show one's own briefing."""
        return self._wire.send(MyBriefing, "GET", "/my/briefing", given())

    def acknowledge_my_briefing(self, *, idempotency_key: str | None = None) -> MyBriefing:
        """本人确认已接受纪律提醒 / Acknowledge one's own briefing."""
        return self._wire.send(
            MyBriefing, "POST", "/my/briefing/acknowledgement", given(), idempotency_key=idempotency_key
        )
