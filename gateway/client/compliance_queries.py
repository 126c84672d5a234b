"""Queries of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client import compliance_types as types
from gateway.client.wire import UNSET, Unset, Wire, given


class ComplianceQueries:
    """学员管理 / Compliance."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list_briefings(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["opened", "acknowledged", "cancelled"] | Unset = UNSET,
    ) -> types.BriefingPage:
        """查询纪律提醒 / List briefings."""
        return self._wire.send(
            types.BriefingPage,
            "GET",
            "/briefings",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, state=state),
        )

    def get_briefing(self, *, briefing_id: str) -> types.Briefing:
        """查看一份纪律提醒 / Show one briefing."""
        return self._wire.send(types.Briefing, "GET", "/briefings/{briefing_id}", given(briefing_id=briefing_id))

    def list_check_ins(
        self,
        *,
        term_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["expected", "reported", "not_reported", "withdrawn"] | Unset = UNSET,
    ) -> types.CheckInPage:
        """查询报到情况 / List check-ins."""
        return self._wire.send(
            types.CheckInPage,
            "GET",
            "/terms/{term_id}/check-ins",
            given(term_id=term_id, cursor=cursor, limit=limit, unit_id=unit_id, state=state),
        )

    def get_roll(self, *, term_id: str, session_id: str) -> types.Roll:
        """查看一次课的考勤 / Show the roll of a session."""
        return self._wire.send(
            types.Roll,
            "GET",
            "/terms/{term_id}/sessions/{session_id}/roll",
            given(term_id=term_id, session_id=session_id),
        )

    def list_rolls(self, *, term_id: str) -> types.Rolls:
        """查询一期各次课的点名情况 / List the sessions of a term and their rolls."""
        return self._wire.send(types.Rolls, "GET", "/terms/{term_id}/rolls", given(term_id=term_id))

    def list_attendance(
        self, *, term_id: str, cursor: str | Unset = UNSET, limit: int | Unset = UNSET, unit_id: str | Unset = UNSET
    ) -> types.AttendancePage:
        """查询学员出勤学时 / List hours attended."""
        return self._wire.send(
            types.AttendancePage,
            "GET",
            "/terms/{term_id}/attendance",
            given(term_id=term_id, cursor=cursor, limit=limit, unit_id=unit_id),
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
    ) -> types.LeavePage:
        """查询请假 / List leave."""
        return self._wire.send(
            types.LeavePage,
            "GET",
            "/leaves",
            given(
                cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, nomination_id=nomination_id, state=state
            ),
        )

    def list_my_leaves(self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET) -> types.LeavePage:
        """查询本人请假 / List one's own leave."""
        return self._wire.send(types.LeavePage, "GET", "/my/leaves", given(cursor=cursor, limit=limit))

    def get_leave_grounds(self, *, leave_id: str) -> types.LeaveGrounds:
        """查看请假事由 / Show the grounds of a leave."""
        return self._wire.send(types.LeaveGrounds, "GET", "/leaves/{leave_id}/grounds", given(leave_id=leave_id))

    def project_leave(self, *, nomination_id: str) -> types.LeaveProjection:
        """测算学员可请假学时 / Project somebody's leave."""
        return self._wire.send(
            types.LeaveProjection, "GET", "/leave-projections/{nomination_id}", given(nomination_id=nomination_id)
        )

    def project_my_leave(self) -> types.LeaveProjection:
        """测算本人可请假学时 / Project one's own leave."""
        return self._wire.send(types.LeaveProjection, "GET", "/my/leave-projection", given())

    def list_withdrawal_cases(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["open", "withdrawn", "kept", "dissolved"] | Unset = UNSET,
    ) -> types.WithdrawalCasePage:
        """查询退学案 / List withdrawal cases."""
        return self._wire.send(
            types.WithdrawalCasePage,
            "GET",
            "/withdrawal-cases",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, state=state),
        )

    def get_withdrawal_case(self, *, case_id: str) -> types.WithdrawalCase:
        """查看一件退学案 / Show a withdrawal case."""
        return self._wire.send(types.WithdrawalCase, "GET", "/withdrawal-cases/{case_id}", given(case_id=case_id))
