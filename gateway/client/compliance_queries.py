"""Queries of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client import compliance_types as types
from gateway.client.wire import UNSET, Download, Unset, Wire, given


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

    def get_briefing_proof(self, *, briefing_id: str) -> types.BriefingProof:
        """查看纪律提醒证明 / Show the proof of a briefing."""
        return self._wire.send(
            types.BriefingProof, "GET", "/briefings/{briefing_id}/proof", given(briefing_id=briefing_id)
        )

    def get_my_briefing(self) -> types.MyBriefing:
        """查看本人的纪律提醒 / Show one's own briefing."""
        return self._wire.send(types.MyBriefing, "GET", "/my/briefing", given())

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

    def list_incidents(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        nomination_id: str | Unset = UNSET,
        state: Literal["open", "sanctioned", "dismissed"] | Unset = UNSET,
    ) -> types.IncidentPage:
        """查询违纪情况记录 / List incident files."""
        return self._wire.send(
            types.IncidentPage,
            "GET",
            "/incidents",
            given(
                cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, nomination_id=nomination_id, state=state
            ),
        )

    def get_incident(self, *, incident_id: str) -> types.Incident:
        """查看违纪情况记录 / Show an incident file."""
        return self._wire.send(types.Incident, "GET", "/incidents/{incident_id}", given(incident_id=incident_id))

    def get_narrative(self, *, incident_id: str) -> types.Narrative:
        """查看情况经过 / Show what happened."""
        return self._wire.send(
            types.Narrative, "GET", "/incidents/{incident_id}/narrative", given(incident_id=incident_id)
        )

    def list_objections(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        state: Literal["open", "upheld", "reduced", "revoked"] | Unset = UNSET,
    ) -> types.ObjectionPage:
        """查询内部异议 / List objections."""
        return self._wire.send(
            types.ObjectionPage, "GET", "/objections", given(cursor=cursor, limit=limit, term_id=term_id, state=state)
        )

    def get_objection_text(self, *, objection_id: str) -> types.ObjectionText:
        """查看异议内容 / Show an objection's words."""
        return self._wire.send(
            types.ObjectionText, "GET", "/objections/{objection_id}/text", given(objection_id=objection_id)
        )

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

    def list_travel(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        leg: Literal["out", "back"] | Unset = UNSET,
        missing: bool | Unset = UNSET,
    ) -> types.TravelBatchPage:
        """查询往返批次 / List travel batches."""
        return self._wire.send(
            types.TravelBatchPage,
            "GET",
            "/travel-batches",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, leg=leg, missing=missing),
        )

    def get_travel_batch(self, *, batch_id: str) -> types.TravelBatch:
        """查看往返批次 / Show a travel batch."""
        return self._wire.send(types.TravelBatch, "GET", "/travel-batches/{batch_id}", given(batch_id=batch_id))

    def list_returns(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["open", "confirmed", "cancelled"] | Unset = UNSET,
    ) -> types.ReturnPage:
        """查询返岗情况 / List returns to post."""
        return self._wire.send(
            types.ReturnPage,
            "GET",
            "/returns",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, state=state),
        )

    def get_health_consent(self) -> types.HealthConsent:
        """查看健康申报告知同意书 / Show what one agrees to."""
        return self._wire.send(types.HealthConsent, "GET", "/health-consent", given())

    def list_health_declarations(
        self,
        *,
        term_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        purpose: Literal["entry_check", "daily_report"] | Unset = UNSET,
    ) -> types.HealthDeclarationPage:
        """查询健康申报登记 / List health declarations."""
        return self._wire.send(
            types.HealthDeclarationPage,
            "GET",
            "/health-declarations",
            given(cursor=cursor, limit=limit, term_id=term_id, purpose=purpose),
        )

    def open_health_declaration(
        self, *, declaration_id: str, purpose: Literal["entry_check", "daily_report"]
    ) -> types.HealthContent:
        """查看健康申报内容 / Open a health declaration."""
        return self._wire.send(
            types.HealthContent,
            "GET",
            "/health-declarations/{declaration_id}/content",
            given(declaration_id=declaration_id, purpose=purpose),
        )

    def list_my_health(self) -> types.OwnHealthList:
        """查看本人健康申报 / Show one's own declarations."""
        return self._wire.send(types.OwnHealthList, "GET", "/my/health-declarations", given())

    def list_health_purges(
        self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET, term_id: str | Unset = UNSET
    ) -> types.HealthPurgePage:
        """查询健康申报清除证明 / List proofs of deletion."""
        return self._wire.send(
            types.HealthPurgePage, "GET", "/health-purges", given(cursor=cursor, limit=limit, term_id=term_id)
        )

    def verify_health_purge(self, *, proof_id: str) -> types.PurgeVerdict:
        """核验健康申报清除证明 / Verify a proof of deletion."""
        return self._wire.send(
            types.PurgeVerdict, "GET", "/health-purges/{proof_id}/verification", given(proof_id=proof_id)
        )

    def list_completions(
        self,
        *,
        term_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        outcome: Literal["completed", "not_completed", "pending"] | Unset = UNSET,
    ) -> types.CompletionPage:
        """查询结业评定 / List completions with their reasons."""
        return self._wire.send(
            types.CompletionPage,
            "GET",
            "/terms/{term_id}/completions",
            given(term_id=term_id, cursor=cursor, limit=limit, unit_id=unit_id, outcome=outcome),
        )

    def get_closing(self, *, term_id: str) -> types.Closing:
        """查看结班进度 / Show the closing of a term."""
        return self._wire.send(types.Closing, "GET", "/terms/{term_id}/closing", given(term_id=term_id))

    def get_closing_checklist(self, *, term_id: str) -> types.Checklist:
        """查看归档材料清单 / Show the checklist of a closing."""
        return self._wire.send(types.Checklist, "GET", "/terms/{term_id}/closing/checklist", given(term_id=term_id))

    def get_term_archive(self, *, term_id: str) -> Download:
        """下载班次档案 / Download the archive of a term."""
        return self._wire.download("GET", "/terms/{term_id}/archive", given(term_id=term_id))

    def verify_term_archive(self, *, term_id: str) -> types.ArchiveVerdict:
        """核验班次档案 / Verify the archive of a term."""
        return self._wire.send(
            types.ArchiveVerdict, "GET", "/terms/{term_id}/archive/verification", given(term_id=term_id)
        )

    def get_compliance_figures(self, *, plan_id: str) -> types.Figures:
        """学员管理年度数据 / The year's figures of compliance."""
        return self._wire.send(types.Figures, "GET", "/figures/{plan_id}/compliance", given(plan_id=plan_id))

    def list_compliance_limits(self) -> types.Limits:
        """学员管理各项限额与依据 / The limits of compliance with their sources."""
        return self._wire.send(types.Limits, "GET", "/limits/compliance", given())

    def get_my_standing(self) -> types.MyStanding:
        """查看本人学习情况 / Show where one stands."""
        return self._wire.send(types.MyStanding, "GET", "/my/standing", given())
