"""Placement previews of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.scheduling.types.placement_previews import PlacementChange, PlacementPreview
from gateway.client.wire import UNSET, Caller, Unset, given


class PlacementPreviewsCalls(Caller):
    """计划与排期 / Plans and scheduling: placement previews."""

    def preview_placement(
        self,
        *,
        plan_id: str,
        changes: list[PlacementChange] | Unset = UNSET,
        seconds: float | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> PlacementPreview:
        """推演排期：试改会牵动什么（不保存） / Show what changes would set moving, saving nothing."""
        return self._wire.send(
            PlacementPreview,
            "POST",
            "/plans/{plan_id}/placement-previews",
            given(plan_id=plan_id, changes=changes, seconds=seconds),
            idempotency_key=idempotency_key,
        )
