"""Placement adoptions of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.scheduling.types.placement_adoptions import Adoption, PlacementMove
from gateway.client.scheduling.types.placement_previews import PlacementChange
from gateway.client.wire import UNSET, Caller, Unset, given


class PlacementAdoptionsCalls(Caller):
    """计划与排期 / Plans and scheduling: placement adoptions."""

    def adopt_placement_preview(
        self,
        *,
        plan_id: str,
        basis: str,
        moves: list[PlacementMove],
        changes: list[PlacementChange] | Unset = UNSET,
        unplaced: list[str] | Unset = UNSET,
        reason: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> Adoption:
        """采纳推演结果：按推演调整排期并通知 / Adopt a preview: move what it moves and tell who is concerned."""
        return self._wire.send(
            Adoption,
            "POST",
            "/plans/{plan_id}/placement-adoptions",
            given(plan_id=plan_id, changes=changes, basis=basis, moves=moves, unplaced=unplaced, reason=reason),
            idempotency_key=idempotency_key,
        )
