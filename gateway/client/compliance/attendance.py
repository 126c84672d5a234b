"""Attendance of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.compliance.types.attendance import AttendancePage, GivenMark, Roll, RollReport, Rolls
from gateway.client.wire import UNSET, Caller, Unset, given


class AttendanceCalls(Caller):
    """学员管理 / Compliance: attendance."""

    def record_attendance(
        self,
        *,
        term_id: str,
        session_id: str,
        marks: list[GivenMark] | Unset = UNSET,
        others: str | Unset | None = UNSET,
        reason: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> RollReport:
        """登记或更正一次课的考勤 / Take or correct the roll of a session."""
        return self._wire.send(
            RollReport,
            "POST",
            "/terms/{term_id}/sessions/{session_id}/roll",
            given(term_id=term_id, session_id=session_id, marks=marks, others=others, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def get_roll(self, *, term_id: str, session_id: str, on: str | Unset = UNSET) -> Roll:
        """查看一次课的考勤 / Show the roll of a session."""
        return self._wire.send(
            Roll,
            "GET",
            "/terms/{term_id}/sessions/{session_id}/roll",
            given(term_id=term_id, session_id=session_id, on=on),
        )

    def list_rolls(self, *, term_id: str) -> Rolls:
        """查询一期各次课的点名情况 / List the sessions of a term and their rolls."""
        return self._wire.send(Rolls, "GET", "/terms/{term_id}/rolls", given(term_id=term_id))

    def list_attendance(
        self, *, term_id: str, cursor: str | Unset = UNSET, limit: int | Unset = UNSET, unit_id: str | Unset = UNSET
    ) -> AttendancePage:
        """查询学员出勤学时 / List hours attended."""
        return self._wire.send(
            AttendancePage,
            "GET",
            "/terms/{term_id}/attendance",
            given(term_id=term_id, cursor=cursor, limit=limit, unit_id=unit_id),
        )
