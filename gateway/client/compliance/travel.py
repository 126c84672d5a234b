"""Travel of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.compliance.types.travel import TravelBatch, TravelBatchPage
from gateway.client.wire import UNSET, Caller, Unset, given


class TravelCalls(Caller):
    """学员管理 / Compliance: travel."""

    def plan_travel(
        self,
        *,
        leg: Literal["out", "back"],
        departs_at: str,
        arrives_by: str,
        term_id: str,
        unit_id: str,
        assembly_place: str,
        nomination_ids: list[str],
        vehicle: str | Unset = UNSET,
        reason: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> TravelBatch:
        """安排集中往返批次 / Plan a travel batch."""
        return self._wire.send(
            TravelBatch,
            "POST",
            "/travel-batches",
            given(
                leg=leg,
                departs_at=departs_at,
                arrives_by=arrives_by,
                term_id=term_id,
                unit_id=unit_id,
                assembly_place=assembly_place,
                vehicle=vehicle,
                nomination_ids=nomination_ids,
                reason=reason,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def cancel_travel(
        self, *, batch_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> TravelBatch:
        """取消往返批次 / Cancel a travel batch."""
        return self._wire.send(
            TravelBatch,
            "POST",
            "/travel-batches/{batch_id}/cancellation",
            given(batch_id=batch_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def record_travel_roll(
        self,
        *,
        batch_id: str,
        stage: Literal["departure", "arrival"],
        nomination_ids: list[str],
        at: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> TravelBatch:
        """往返点名 / Take the roll of a journey."""
        return self._wire.send(
            TravelBatch,
            "POST",
            "/travel-batches/{batch_id}/roll",
            given(batch_id=batch_id, stage=stage, nomination_ids=nomination_ids, at=at),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def report_found(
        self,
        *,
        batch_id: str,
        nomination_id: str,
        note: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> TravelBatch:
        """登记未到人员已联系到 / Report somebody found."""
        return self._wire.send(
            TravelBatch,
            "POST",
            "/travel-batches/{batch_id}/found",
            given(batch_id=batch_id, nomination_id=nomination_id, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_travel(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        leg: Literal["out", "back"] | Unset = UNSET,
        missing: bool | Unset = UNSET,
    ) -> TravelBatchPage:
        """查询往返批次 / List travel batches."""
        return self._wire.send(
            TravelBatchPage,
            "GET",
            "/travel-batches",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, leg=leg, missing=missing),
        )

    def get_travel_batch(self, *, batch_id: str) -> TravelBatch:
        """查看往返批次 / Show a travel batch."""
        return self._wire.send(TravelBatch, "GET", "/travel-batches/{batch_id}", given(batch_id=batch_id))

    def declare_my_travel(
        self,
        *,
        leg: Literal["out", "back"],
        departs_at: str,
        arrives_by: str,
        reason: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> TravelBatch:
        """本人申报单独往返 / Declare that one travels alone."""
        return self._wire.send(
            TravelBatch,
            "POST",
            "/my/travel",
            given(leg=leg, departs_at=departs_at, arrives_by=arrives_by, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def report_my_arrival(
        self, *, leg: Literal["out", "back"], idempotency_key: str | None = None, if_match: int | None = None
    ) -> TravelBatch:
        """本人报告已到达 / Report one's arrival."""
        return self._wire.send(
            TravelBatch, "POST", "/my/arrivals", given(leg=leg), idempotency_key=idempotency_key, if_match=if_match
        )
