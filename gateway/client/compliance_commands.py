"""Commands of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client import compliance_types as types
from gateway.client.wire import UNSET, Unset, Wire, given


class ComplianceCommands:
    """学员管理 / Compliance."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def acknowledge_briefing(
        self,
        *,
        briefing_id: str,
        signer: str,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Briefing:
        """确认已完成纪律提醒 / Acknowledge that the briefing was given."""
        return self._wire.send(
            types.Briefing,
            "POST",
            "/briefings/{briefing_id}/acknowledgement",
            given(briefing_id=briefing_id, signer=signer, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def check_in_trainees(
        self,
        *,
        term_id: str,
        nomination_ids: list[str],
        arrived_at: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
    ) -> types.BulkReport:
        """登记学员报到 / Check trainees in."""
        return self._wire.send(
            types.BulkReport,
            "POST",
            "/terms/{term_id}/check-ins",
            given(term_id=term_id, nomination_ids=nomination_ids, arrived_at=arrived_at),
            idempotency_key=idempotency_key,
        )

    def record_attendance(
        self,
        *,
        term_id: str,
        session_id: str,
        marks: list[types.GivenMark] | Unset = UNSET,
        others: str | Unset | None = UNSET,
        reason: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.RollReport:
        """登记或更正一次课的考勤 / Take or correct the roll of a session."""
        return self._wire.send(
            types.RollReport,
            "POST",
            "/terms/{term_id}/sessions/{session_id}/roll",
            given(term_id=term_id, session_id=session_id, marks=marks, others=others, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

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
    ) -> types.Leave:
        """本人申请请假 / Ask for leave."""
        return self._wire.send(
            types.Leave,
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
    ) -> types.Leave:
        """代学员登记请假 / File leave for a trainee."""
        return self._wire.send(
            types.Leave,
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
    ) -> types.Leave:
        """逐级审批请假 / Decide on leave, step by step."""
        return self._wire.send(
            types.Leave,
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

    def cancel_leave(
        self, *, leave_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Leave:
        """销假或撤销请假 / End leave early or take it back."""
        return self._wire.send(
            types.Leave,
            "POST",
            "/leaves/{leave_id}/cancellation",
            given(leave_id=leave_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def cancel_my_leave(
        self, *, leave_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Leave:
        """本人销假或撤销请假 / End one's own leave."""
        return self._wire.send(
            types.Leave,
            "POST",
            "/my/leaves/{leave_id}/cancellation",
            given(leave_id=leave_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def decide_withdrawal(
        self,
        *,
        case_id: str,
        decision: Literal["withdraw", "keep"],
        approver: str,
        reason: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.WithdrawalCase:
        """决定是否退学 / Decide on a withdrawal."""
        return self._wire.send(
            types.WithdrawalCase,
            "POST",
            "/withdrawal-cases/{case_id}/decision",
            given(case_id=case_id, decision=decision, approver=approver, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
