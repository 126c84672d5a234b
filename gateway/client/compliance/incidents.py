"""Incidents of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.compliance.types.incidents import (
    Incident,
    IncidentPage,
    Narrative,
    Objection,
    ObjectionPage,
    ObjectionText,
)
from gateway.client.compliance.types.withdrawal import WithdrawalCase
from gateway.client.wire import UNSET, Caller, Unset, given


class IncidentsCalls(Caller):
    """学员管理 / Compliance: incidents."""

    def open_incident(
        self,
        *,
        nomination_id: str,
        kind: str,
        occurred_on: str,
        narrative: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Incident:
        """建立违纪情况记录 / Open an incident file."""
        return self._wire.send(
            Incident,
            "POST",
            "/incidents",
            given(nomination_id=nomination_id, kind=kind, occurred_on=occurred_on, narrative=narrative),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_incidents(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        nomination_id: str | Unset = UNSET,
        state: Literal["open", "sanctioned", "dismissed"] | Unset = UNSET,
    ) -> IncidentPage:
        """查询违纪情况记录 / List incident files."""
        return self._wire.send(
            IncidentPage,
            "GET",
            "/incidents",
            given(
                cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, nomination_id=nomination_id, state=state
            ),
        )

    def get_incident(self, *, incident_id: str) -> Incident:
        """查看违纪情况记录 / Show an incident file."""
        return self._wire.send(Incident, "GET", "/incidents/{incident_id}", given(incident_id=incident_id))

    def get_narrative(self, *, incident_id: str) -> Narrative:
        """查看情况经过 / Show what happened."""
        return self._wire.send(Narrative, "GET", "/incidents/{incident_id}/narrative", given(incident_id=incident_id))

    def impose_sanction(
        self,
        *,
        incident_id: str,
        step: str,
        approver: str,
        reason: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Incident:
        """作出处理 / Impose a measure."""
        return self._wire.send(
            Incident,
            "POST",
            "/incidents/{incident_id}/sanctions",
            given(incident_id=incident_id, step=step, approver=approver, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def dismiss_incident(
        self, *, incident_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> Incident:
        """撤销立案 / Close a file without a measure."""
        return self._wire.send(
            Incident,
            "POST",
            "/incidents/{incident_id}/dismissal",
            given(incident_id=incident_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def propose_withdrawal(
        self, *, incident_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> WithdrawalCase:
        """提请责令退学 / Propose an ordered withdrawal."""
        return self._wire.send(
            WithdrawalCase,
            "POST",
            "/incidents/{incident_id}/withdrawal-case",
            given(incident_id=incident_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def object_to_sanction(
        self, *, incident_id: str, objection: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> Objection:
        """本人对处理提出异议 / Object to a measure against oneself."""
        return self._wire.send(
            Objection,
            "POST",
            "/my/incidents/{incident_id}/objections",
            given(incident_id=incident_id, objection=objection),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_objections(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        state: Literal["open", "upheld", "reduced", "revoked"] | Unset = UNSET,
    ) -> ObjectionPage:
        """查询内部异议 / List objections."""
        return self._wire.send(
            ObjectionPage, "GET", "/objections", given(cursor=cursor, limit=limit, term_id=term_id, state=state)
        )

    def get_objection_text(self, *, objection_id: str) -> ObjectionText:
        """查看异议内容 / Show an objection's words."""
        return self._wire.send(
            ObjectionText, "GET", "/objections/{objection_id}/text", given(objection_id=objection_id)
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
    ) -> Objection:
        """答复内部异议 / Answer an objection."""
        return self._wire.send(
            Objection,
            "POST",
            "/objections/{objection_id}/decision",
            given(objection_id=objection_id, decision=decision, step=step, approver=approver, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
