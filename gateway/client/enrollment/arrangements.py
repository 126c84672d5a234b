"""Arrangements of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.enrollment.types.arrangements import Arrangement, RoomOffered
from gateway.client.wire import UNSET, Caller, Unset, given


class ArrangementsCalls(Caller):
    """选调与录取 / Enrollment: arrangements."""

    def arrange_term(
        self,
        *,
        term_id: str,
        rooms: list[RoomOffered],
        group_size: int | Unset | None = UNSET,
        meeting_places: list[str] | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Arrangement:
        """安排住宿与分组 / Arrange rooms and groups of a term."""
        return self._wire.send(
            Arrangement,
            "PUT",
            "/terms/{term_id}/arrangement",
            given(term_id=term_id, rooms=rooms, group_size=group_size, meeting_places=meeting_places),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def move_trainee(
        self,
        *,
        term_id: str,
        nomination_id: str,
        reason: str,
        room: str | Unset = UNSET,
        group: int | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Arrangement:
        """调整个人住宿或分组 / Put somebody into another room or group."""
        return self._wire.send(
            Arrangement,
            "POST",
            "/terms/{term_id}/arrangement/moves",
            given(term_id=term_id, nomination_id=nomination_id, room=room, group=group, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def get_arrangement(self, *, term_id: str) -> Arrangement:
        """查看住宿、分组与用餐 / Show rooms, groups and meals of a term."""
        return self._wire.send(Arrangement, "GET", "/terms/{term_id}/arrangement", given(term_id=term_id))
