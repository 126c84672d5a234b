"""Placements of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.scheduling.types.placements import Placement, PlacementRowPage, PolicyFields
from gateway.client.wire import UNSET, Caller, Unset, given


class PlacementsCalls(Caller):
    """计划与排期 / Plans and scheduling: placements."""

    def place_terms(
        self,
        *,
        plan_id: str,
        scheduler: str | Unset = UNSET,
        seconds: float | Unset = UNSET,
        wait_seconds: float | Unset = UNSET,
        again: bool | Unset = UNSET,
        policy: PolicyFields | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> Placement:
        """排期：将计划各期排入日历 / Place the terms of a plan on the calendar."""
        return self._wire.send(
            Placement,
            "POST",
            "/plans/{plan_id}/placement",
            given(
                plan_id=plan_id,
                scheduler=scheduler,
                seconds=seconds,
                wait_seconds=wait_seconds,
                again=again,
                policy=policy,
            ),
            idempotency_key=idempotency_key,
        )

    def get_placement(self, *, placement_id: str) -> Placement:
        """查看排期的进展和结果 / Show a placement's progress and result."""
        return self._wire.send(Placement, "GET", "/placements/{placement_id}", given(placement_id=placement_id))

    def list_placements(
        self, *, plan_id: str, cursor: str | Unset = UNSET, limit: int | Unset = UNSET
    ) -> PlacementRowPage:
        """列出计划的历次排期 / List the placements of a plan."""
        return self._wire.send(
            PlacementRowPage, "GET", "/plans/{plan_id}/placements", given(plan_id=plan_id, cursor=cursor, limit=limit)
        )
