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

    def acknowledge_my_briefing(self, *, idempotency_key: str | None = None) -> types.MyBriefing:
        """本人确认已接受纪律提醒 / Acknowledge one's own briefing."""
        return self._wire.send(
            types.MyBriefing, "POST", "/my/briefing/acknowledgement", given(), idempotency_key=idempotency_key
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

    def open_incident(
        self,
        *,
        nomination_id: str,
        kind: str,
        occurred_on: str,
        narrative: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Incident:
        """建立违纪情况记录 / Open an incident file."""
        return self._wire.send(
            types.Incident,
            "POST",
            "/incidents",
            given(nomination_id=nomination_id, kind=kind, occurred_on=occurred_on, narrative=narrative),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def impose_sanction(
        self,
        *,
        incident_id: str,
        step: str,
        approver: str,
        reason: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Incident:
        """作出处理 / Impose a measure."""
        return self._wire.send(
            types.Incident,
            "POST",
            "/incidents/{incident_id}/sanctions",
            given(incident_id=incident_id, step=step, approver=approver, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def dismiss_incident(
        self, *, incident_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Incident:
        """撤销立案 / Close a file without a measure."""
        return self._wire.send(
            types.Incident,
            "POST",
            "/incidents/{incident_id}/dismissal",
            given(incident_id=incident_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def propose_withdrawal(
        self, *, incident_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.WithdrawalCase:
        """提请责令退学 / Propose an ordered withdrawal."""
        return self._wire.send(
            types.WithdrawalCase,
            "POST",
            "/incidents/{incident_id}/withdrawal-case",
            given(incident_id=incident_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def object_to_sanction(
        self, *, incident_id: str, objection: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Objection:
        """本人对处理提出异议 / Object to a measure against oneself."""
        return self._wire.send(
            types.Objection,
            "POST",
            "/my/incidents/{incident_id}/objections",
            given(incident_id=incident_id, objection=objection),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def decide_objection(
        self,
        *,
        objection_id: str,
        decision: Literal["uphold", "reduce", "revoke"],
        approver: str,
        reason: str,
        step: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Objection:
        """答复内部异议 / Answer an objection."""
        return self._wire.send(
            types.Objection,
            "POST",
            "/objections/{objection_id}/decision",
            given(objection_id=objection_id, decision=decision, step=step, approver=approver, reason=reason),
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
    ) -> types.TravelBatch:
        """安排集中往返批次 / Plan a travel batch."""
        return self._wire.send(
            types.TravelBatch,
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
    ) -> types.TravelBatch:
        """取消往返批次 / Cancel a travel batch."""
        return self._wire.send(
            types.TravelBatch,
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
    ) -> types.TravelBatch:
        """往返点名 / Take the roll of a journey."""
        return self._wire.send(
            types.TravelBatch,
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
    ) -> types.TravelBatch:
        """登记未到人员已联系到 / Report somebody found."""
        return self._wire.send(
            types.TravelBatch,
            "POST",
            "/travel-batches/{batch_id}/found",
            given(batch_id=batch_id, nomination_id=nomination_id, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def declare_my_travel(
        self,
        *,
        leg: Literal["out", "back"],
        departs_at: str,
        arrives_by: str,
        reason: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.TravelBatch:
        """本人申报单独往返 / Declare that one travels alone."""
        return self._wire.send(
            types.TravelBatch,
            "POST",
            "/my/travel",
            given(leg=leg, departs_at=departs_at, arrives_by=arrives_by, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def report_my_arrival(
        self, *, leg: Literal["out", "back"], idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.TravelBatch:
        """本人报告已到达 / Report one's arrival."""
        return self._wire.send(
            types.TravelBatch,
            "POST",
            "/my/arrivals",
            given(leg=leg),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def confirm_return(
        self,
        *,
        return_id: str,
        people: list[types.ReturnedPerson],
        signer: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Return:
        """单位确认返岗 / Confirm who is back at the post."""
        return self._wire.send(
            types.Return,
            "POST",
            "/returns/{return_id}/confirmation",
            given(return_id=return_id, people=people, signer=signer),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def declare_my_health(
        self,
        *,
        purpose: Literal["entry_check", "daily_report"],
        consent: bool,
        fit: bool,
        symptoms: bool,
        contact: bool,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.HealthDeclaration:
        """本人健康申报 / Declare one's health."""
        return self._wire.send(
            types.HealthDeclaration,
            "POST",
            "/my/health-declarations",
            given(purpose=purpose, consent=consent, fit=fit, symptoms=symptoms, contact=contact),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def record_health_check(
        self,
        *,
        nomination_id: str,
        purpose: Literal["entry_check", "daily_report"],
        basis: Literal["consent", "statutory_duty", "public_health_emergency"],
        code: Literal["green", "yellow", "red", "none"],
        basis_document: str | Unset = UNSET,
        verified_at: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.HealthDeclaration:
        """登记健康核验结果 / Record a health check."""
        return self._wire.send(
            types.HealthDeclaration,
            "POST",
            "/health-checks",
            given(
                nomination_id=nomination_id,
                purpose=purpose,
                basis=basis,
                basis_document=basis_document,
                code=code,
                verified_at=verified_at,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def withdraw_my_consent(self, *, declaration_id: str, idempotency_key: str | None = None) -> types.HealthPurge:
        """撤回同意并删除健康申报 / Take consent back."""
        return self._wire.send(
            types.HealthPurge,
            "POST",
            "/my/health-declarations/{declaration_id}/withdrawal",
            given(declaration_id=declaration_id),
            idempotency_key=idempotency_key,
        )

    def decide_completion(self, *, term_id: str, idempotency_key: str | None = None) -> types.CompletionReport:
        """按规则评定结业 / Judge who completes a term."""
        return self._wire.send(
            types.CompletionReport,
            "POST",
            "/terms/{term_id}/completions",
            given(term_id=term_id),
            idempotency_key=idempotency_key,
        )

    def confirm_completion(
        self, *, term_id: str, approver: str, idempotency_key: str | None = None
    ) -> types.CompletionReport:
        """确认结业评定 / Confirm who completes a term."""
        return self._wire.send(
            types.CompletionReport,
            "POST",
            "/terms/{term_id}/completions/confirmation",
            given(term_id=term_id, approver=approver),
            idempotency_key=idempotency_key,
        )

    def close_term(self, *, term_id: str, approver: str, idempotency_key: str | None = None) -> types.Closing:
        """结班归档 / Close a term."""
        return self._wire.send(
            types.Closing,
            "POST",
            "/terms/{term_id}/closing",
            given(term_id=term_id, approver=approver),
            idempotency_key=idempotency_key,
        )

    def reopen_term(
        self,
        *,
        term_id: str,
        approver: str,
        reason: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Closing:
        """重新打开已结班次 / Reopen a closed term."""
        return self._wire.send(
            types.Closing,
            "POST",
            "/terms/{term_id}/closing/reopening",
            given(term_id=term_id, approver=approver, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
