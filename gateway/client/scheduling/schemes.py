"""Schemes of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.scheduling.types.schemes import (
    BudgetFields,
    ModuleFields,
    SchemeComparison,
    SchemeReply,
    SchemeRowPage,
    SchemeVersion,
    SchemeVersionRowPage,
)
from gateway.client.wire import UNSET, Caller, Unset, given


class SchemesCalls(Caller):
    """计划与排期 / Plans and scheduling: schemes."""

    def write_scheme(
        self,
        *,
        programme_id: str,
        modules: list[ModuleFields],
        aims: str | Unset = UNSET,
        budget: list[BudgetFields] | Unset = UNSET,
        reason: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> SchemeReply:
        """编写培训方案 / Write a programme's training scheme."""
        return self._wire.send(
            SchemeReply,
            "PUT",
            "/programmes/{programme_id}/scheme",
            given(programme_id=programme_id, aims=aims, modules=modules, budget=budget, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def submit_scheme(
        self, *, scheme_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> SchemeReply:
        """提交培训方案审批 / Submit a scheme for approval."""
        return self._wire.send(
            SchemeReply,
            "POST",
            "/schemes/{scheme_id}/submission",
            given(scheme_id=scheme_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def approve_scheme(
        self, *, scheme_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> SchemeReply:
        """批准培训方案 / Approve a scheme."""
        return self._wire.send(
            SchemeReply,
            "POST",
            "/schemes/{scheme_id}/approval",
            given(scheme_id=scheme_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def return_scheme(
        self, *, scheme_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> SchemeReply:
        """退回培训方案 / Return a scheme for correction."""
        return self._wire.send(
            SchemeReply,
            "POST",
            "/schemes/{scheme_id}/return",
            given(scheme_id=scheme_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_schemes(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        plan_id: str | Unset = UNSET,
        programme_id: str | Unset = UNSET,
        state: Literal["draft", "submitted", "approved"] | Unset = UNSET,
    ) -> SchemeRowPage:
        """列出培训方案 / List schemes."""
        return self._wire.send(
            SchemeRowPage,
            "GET",
            "/schemes",
            given(cursor=cursor, limit=limit, plan_id=plan_id, programme_id=programme_id, state=state),
        )

    def get_scheme(self, *, scheme_id: str) -> SchemeReply:
        """查看培训方案 / Show a scheme."""
        return self._wire.send(SchemeReply, "GET", "/schemes/{scheme_id}", given(scheme_id=scheme_id))

    def list_scheme_versions(
        self, *, scheme_id: str, cursor: str | Unset = UNSET, limit: int | Unset = UNSET
    ) -> SchemeVersionRowPage:
        """列出培训方案的历次版本 / List a scheme's versions."""
        return self._wire.send(
            SchemeVersionRowPage,
            "GET",
            "/schemes/{scheme_id}/versions",
            given(scheme_id=scheme_id, cursor=cursor, limit=limit),
        )

    def get_scheme_version(self, *, scheme_id: str, number: int) -> SchemeVersion:
        """查看培训方案的某一版 / Show a version of a scheme."""
        return self._wire.send(
            SchemeVersion, "GET", "/schemes/{scheme_id}/versions/{number}", given(scheme_id=scheme_id, number=number)
        )

    def compare_scheme(self, *, scheme_id: str, from_number: int, to_number: int | Unset = UNSET) -> SchemeComparison:
        """比较培训方案的两个版本 / Compare two versions of a scheme."""
        return self._wire.send(
            SchemeComparison,
            "GET",
            "/schemes/{scheme_id}/comparison",
            given(scheme_id=scheme_id, from_number=from_number, to_number=to_number),
        )
