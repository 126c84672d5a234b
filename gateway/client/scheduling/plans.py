"""Plans of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.scheduling.types.parts import Contact
from gateway.client.scheduling.types.plans import Plan, PlanDiff, PlanRowPage, PlanVersionFull, PlanVersionPage
from gateway.client.scheduling.types.programmes import PlanOrder, Programme
from gateway.client.wire import UNSET, Caller, Unset, given


class PlansCalls(Caller):
    """计划与排期 / Plans and scheduling: plans."""

    def create_plan(
        self,
        *,
        programmes: list[Programme],
        year: int | Unset | None = UNSET,
        title: str | Unset | None = UNSET,
        replacement_notice_days: int | Unset | None = UNSET,
        replacement_day_kind: Literal["calendar", "working"] | Unset | None = UNSET,
        contacts: list[Contact] | Unset = UNSET,
        orders: list[PlanOrder] | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Plan:
        """建立年度培训计划草案 / Create a draft plan."""
        return self._wire.send(
            Plan,
            "POST",
            "/plans",
            given(
                year=year,
                title=title,
                replacement_notice_days=replacement_notice_days,
                replacement_day_kind=replacement_day_kind,
                contacts=contacts,
                orders=orders,
                programmes=programmes,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def roll_plan(self, *, plan_id: str, year: int | Unset | None = UNSET, idempotency_key: str | None = None) -> Plan:
        """将计划滚动到下一年度（生成草案） / Roll a plan forward into the draft of a later year."""
        return self._wire.send(
            Plan,
            "POST",
            "/plans/{plan_id}/successor",
            given(plan_id=plan_id, year=year),
            idempotency_key=idempotency_key,
        )

    def list_plans(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        year: int | Unset = UNSET,
        state: Literal["draft", "approved"] | Unset = UNSET,
    ) -> PlanRowPage:
        """列出年度培训计划 / List plans."""
        return self._wire.send(PlanRowPage, "GET", "/plans", given(cursor=cursor, limit=limit, year=year, state=state))

    def get_plan(self, *, plan_id: str) -> Plan:
        """查看年度培训计划 / Show a plan."""
        return self._wire.send(Plan, "GET", "/plans/{plan_id}", given(plan_id=plan_id))

    def amend_plan(
        self,
        *,
        plan_id: str,
        year: int | Unset | None = UNSET,
        title: str | Unset | None = UNSET,
        replacement_notice_days: int | Unset | None = UNSET,
        replacement_day_kind: Literal["calendar", "working"] | Unset | None = UNSET,
        contacts: list[Contact] | Unset = UNSET,
        orders: list[PlanOrder] | Unset = UNSET,
        programmes: list[Programme] | Unset = UNSET,
        remove_programmes: list[int] | Unset = UNSET,
        reason: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Plan:
        """调整年度培训计划 / Amend a plan."""
        return self._wire.send(
            Plan,
            "PATCH",
            "/plans/{plan_id}",
            given(
                plan_id=plan_id,
                year=year,
                title=title,
                replacement_notice_days=replacement_notice_days,
                replacement_day_kind=replacement_day_kind,
                contacts=contacts,
                orders=orders,
                programmes=programmes,
                remove_programmes=remove_programmes,
                reason=reason,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def approve_plan(self, *, plan_id: str, idempotency_key: str | None = None, if_match: int | None = None) -> Plan:
        """批准并发布年度培训计划 / Approve and publish a plan."""
        return self._wire.send(
            Plan,
            "POST",
            "/plans/{plan_id}/approval",
            given(plan_id=plan_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_plan_versions(
        self, *, plan_id: str, cursor: str | Unset = UNSET, limit: int | Unset = UNSET
    ) -> PlanVersionPage:
        """列出计划的历次版本 / List the versions of a plan."""
        return self._wire.send(
            PlanVersionPage, "GET", "/plans/{plan_id}/versions", given(plan_id=plan_id, cursor=cursor, limit=limit)
        )

    def get_plan_version(self, *, plan_id: str, number: int) -> PlanVersionFull:
        """查看计划的某一版本 / Show a version of a plan."""
        return self._wire.send(
            PlanVersionFull, "GET", "/plans/{plan_id}/versions/{number}", given(plan_id=plan_id, number=number)
        )

    def compare_plan(self, *, plan_id: str, from_version: int, to_version: int | Unset = UNSET) -> PlanDiff:
        """比较计划的两个版本 / Compare two versions of a plan."""
        return self._wire.send(
            PlanDiff,
            "GET",
            "/plans/{plan_id}/changes",
            given(plan_id=plan_id, from_version=from_version, to_version=to_version),
        )
