"""Retimings of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.scheduling.types.retimings import (
    NewBlackout,
    Retiming,
    RetimingPreview,
    RetimingRowPage,
    TermOutcome,
)
from gateway.client.wire import UNSET, Caller, Unset, given


class RetimingsCalls(Caller):
    """计划与排期 / Plans and scheduling: retimings."""

    def preview_retiming(
        self,
        *,
        plan_id: str,
        reason_code: Literal["epidemic", "weather", "venue", "duty", "other"],
        reason: str,
        term_ids: list[str] | Unset = UNSET,
        blackout: NewBlackout | Unset | None = UNSET,
        not_before: str | Unset | None = UNSET,
        not_after: str | Unset | None = UNSET,
        outcomes: list[TermOutcome] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> RetimingPreview:
        """预览班次统一调整的全部影响（不保存） / Show everything a retiming would do, saving nothing."""
        return self._wire.send(
            RetimingPreview,
            "POST",
            "/retiming-previews",
            given(
                plan_id=plan_id,
                term_ids=term_ids,
                blackout=blackout,
                not_before=not_before,
                not_after=not_after,
                outcomes=outcomes,
                reason_code=reason_code,
                reason=reason,
            ),
            idempotency_key=idempotency_key,
        )

    def retime_terms(
        self,
        *,
        plan_id: str,
        reason_code: Literal["epidemic", "weather", "venue", "duty", "other"],
        reason: str,
        digest: str,
        term_ids: list[str] | Unset = UNSET,
        blackout: NewBlackout | Unset | None = UNSET,
        not_before: str | Unset | None = UNSET,
        not_after: str | Unset | None = UNSET,
        outcomes: list[TermOutcome] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> Retiming:
        """统一调整班次时间（延期、取消或转为线上） / Postpone, cancel or move terms online together."""
        return self._wire.send(
            Retiming,
            "POST",
            "/retimings",
            given(
                plan_id=plan_id,
                term_ids=term_ids,
                blackout=blackout,
                not_before=not_before,
                not_after=not_after,
                outcomes=outcomes,
                reason_code=reason_code,
                reason=reason,
                digest=digest,
            ),
            idempotency_key=idempotency_key,
        )

    def get_retiming(self, *, retiming_id: str) -> Retiming:
        """查看一次统一调整的进展 / Show a retiming and how far it is."""
        return self._wire.send(Retiming, "GET", "/retimings/{retiming_id}", given(retiming_id=retiming_id))

    def list_retimings(
        self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET, plan_id: str | Unset = UNSET
    ) -> RetimingRowPage:
        """列出历次统一调整 / List retimings."""
        return self._wire.send(RetimingRowPage, "GET", "/retimings", given(cursor=cursor, limit=limit, plan_id=plan_id))
