"""Transfers of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.enrollment.types.transfers import PlaceTransfer, PlaceTransferPage
from gateway.client.enrollment.types.units import Quotas
from gateway.client.wire import UNSET, Caller, Unset, given


class TransfersCalls(Caller):
    """选调与录取 / Enrollment: transfers."""

    def return_places(
        self,
        *,
        term_id: str,
        unit_id: str,
        places: int,
        cause_code: Literal["no-candidate", "work", "more-candidates", "key-task", "other"],
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> PlaceTransfer:
        """退回名额 / Give places back."""
        return self._wire.send(
            PlaceTransfer,
            "POST",
            "/terms/{term_id}/returned-places",
            given(term_id=term_id, unit_id=unit_id, places=places, cause_code=cause_code, note=note),
            idempotency_key=idempotency_key,
        )

    def borrow_places(
        self,
        *,
        term_id: str,
        unit_id: str,
        lender_id: str,
        places: int,
        cause_code: Literal["no-candidate", "work", "more-candidates", "key-task", "other"],
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> PlaceTransfer:
        """借用名额（须出借单位或组织部门同意） / Ask another unit for places."""
        return self._wire.send(
            PlaceTransfer,
            "POST",
            "/terms/{term_id}/borrowed-places",
            given(
                term_id=term_id, unit_id=unit_id, lender_id=lender_id, places=places, cause_code=cause_code, note=note
            ),
            idempotency_key=idempotency_key,
        )

    def decide_places(
        self,
        *,
        transfer_id: str,
        decision: Literal["consent", "decline", "cancel"],
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> PlaceTransfer:
        """答复名额借用 / Answer a request for places."""
        return self._wire.send(
            PlaceTransfer,
            "POST",
            "/place-transfers/{transfer_id}/decision",
            given(transfer_id=transfer_id, decision=decision, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def schedule_release(
        self, *, term_id: str, release_on: str | None, idempotency_key: str | None = None, if_match: int | None = None
    ) -> Quotas:
        """设定名额自动收回日期 / Set the day unused places go back."""
        return self._wire.send(
            Quotas,
            "PUT",
            "/terms/{term_id}/release",
            given(term_id=term_id, release_on=release_on),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_place_transfers(
        self,
        *,
        term_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        state: Literal["asked", "done", "declined", "cancelled"] | Unset = UNSET,
        kind: Literal["returned", "borrowed", "released", "reopened", "standby"] | Unset = UNSET,
    ) -> PlaceTransferPage:
        """查询名额调剂记录 / List transfers of places."""
        return self._wire.send(
            PlaceTransferPage,
            "GET",
            "/terms/{term_id}/place-transfers",
            given(term_id=term_id, cursor=cursor, limit=limit, state=state, kind=kind),
        )
