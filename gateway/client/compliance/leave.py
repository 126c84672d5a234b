"""Leave of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.compliance.types.leave import Leave, LeaveGrounds, LeavePage, LeaveProjection
from gateway.client.wire import UNSET, Caller, Unset, given


class LeaveCalls(Caller):
    """学员管理 / Compliance: leave."""

    def request_my_leave(
        self,
        *,
        first_on: str,
        first_half: Literal["morning", "afternoon", "evening"],
        last_on: str,
        last_half: Literal["morning", "afternoon", "evening"],
        grounds: Literal["illness", "family", "duty", "congress", "other"],
        reason: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Leave:
        """本人申请请假 / Ask for leave."""
        return self._wire.send(
            Leave,
            "POST",
            "/my/leaves",
            given(
                first_on=first_on,
                first_half=first_half,
                last_on=last_on,
                last_half=last_half,
                grounds=grounds,
                reason=reason,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def file_leave(
        self,
        *,
        first_on: str,
        first_half: Literal["morning", "afternoon", "evening"],
        last_on: str,
        last_half: Literal["morning", "afternoon", "evening"],
        grounds: Literal["illness", "family", "duty", "congress", "other"],
        reason: str,
        nomination_id: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Leave:
        """代学员登记请假 / File leave for a trainee."""
        return self._wire.send(
            Leave,
            "POST",
            "/leaves",
            given(
                first_on=first_on,
                first_half=first_half,
                last_on=last_on,
                last_half=last_half,
                grounds=grounds,
                reason=reason,
                nomination_id=nomination_id,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def decide_leave(
        self,
        *,
        leave_id: str,
        step: Literal["head_teacher", "academic_affairs", "school_leader", "organisation_department"],
        decision: Literal["grant", "refuse"],
        approver: str,
        title: str,
        note: str | Unset = UNSET,
        pass_limit: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Leave:
        """逐级审批请假 / Decide on leave, step by step."""
        return self._wire.send(
            Leave,
            "POST",
            "/leaves/{leave_id}/decision",
            given(
                leave_id=leave_id,
                step=step,
                decision=decision,
                approver=approver,
                title=title,
                note=note,
                pass_limit=pass_limit,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def cancel_leave(self, *, leave_id: str, idempotency_key: str | None = None, if_match: int | None = None) -> Leave:
        """销假或撤销请假 / End leave early or take it back."""
        return self._wire.send(
            Leave,
            "POST",
            "/leaves/{leave_id}/cancellation",
            given(leave_id=leave_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def cancel_my_leave(
        self, *, leave_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> Leave:
        """本人销假或撤销请假 / End one's own leave."""
        return self._wire.send(
            Leave,
            "POST",
            "/my/leaves/{leave_id}/cancellation",
            given(leave_id=leave_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_leaves(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        nomination_id: str | Unset = UNSET,
        state: Literal["requested", "granted", "refused", "cancelled"] | Unset = UNSET,
    ) -> LeavePage:
        """查询请假 / List leave."""
        return self._wire.send(
            LeavePage,
            "GET",
            "/leaves",
            given(
                cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, nomination_id=nomination_id, state=state
            ),
        )

    def list_my_leaves(self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET) -> LeavePage:
        """查询本人请假 / List one's own leave."""
        return self._wire.send(LeavePage, "GET", "/my/leaves", given(cursor=cursor, limit=limit))

    def get_leave_grounds(self, *, leave_id: str) -> LeaveGrounds:
        """查看请假事由 / Show the grounds of a leave."""
        return self._wire.send(LeaveGrounds, "GET", "/leaves/{leave_id}/grounds", given(leave_id=leave_id))

    def project_leave(self, *, nomination_id: str) -> LeaveProjection:
        """测算学员可请假学时 / Project somebody's leave."""
        return self._wire.send(
            LeaveProjection, "GET", "/leave-projections/{nomination_id}", given(nomination_id=nomination_id)
        )

    def project_my_leave(self) -> LeaveProjection:
        """测算本人可请假学时 / Project one's own leave."""
        return self._wire.send(LeaveProjection, "GET", "/my/leave-projection", given())
