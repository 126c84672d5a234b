"""Units of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.enrollment.types.units import Contact, Places, Quotas, Unit, UnitPage
from gateway.client.wire import UNSET, Caller, Unset, given


class UnitsCalls(Caller):
    """选调与录取 / Enrollment: units."""

    def put_unit(
        self,
        *,
        unit_id: str,
        title: str,
        kind: Literal["city", "district", "department", "organ"] | Unset = UNSET,
        credit_code: str | Unset | None = UNSET,
        contact: Contact | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Unit:
        """登记或修改参训单位 / Register or change a unit."""
        return self._wire.send(
            Unit,
            "PUT",
            "/units/{unit_id}",
            given(unit_id=unit_id, title=title, kind=kind, credit_code=credit_code, contact=contact),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_units(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        under: str | Unset = UNSET,
        kind: Literal["city", "district", "department", "organ"] | Unset = UNSET,
    ) -> UnitPage:
        """查询参训单位 / List units."""
        return self._wire.send(UnitPage, "GET", "/units", given(cursor=cursor, limit=limit, under=under, kind=kind))

    def get_unit(self, *, unit_id: str) -> Unit:
        """查看参训单位 / Show a unit."""
        return self._wire.send(Unit, "GET", "/units/{unit_id}", given(unit_id=unit_id))

    def allot_quotas(
        self, *, term_id: str, quotas: list[Places], idempotency_key: str | None = None, if_match: int | None = None
    ) -> Quotas:
        """分配名额 / Allot places of a term to units."""
        return self._wire.send(
            Quotas,
            "PUT",
            "/terms/{term_id}/quotas",
            given(term_id=term_id, quotas=quotas),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_quotas(self, *, term_id: str) -> Quotas:
        """查询名额及使用情况 / Show the places of a term and their use."""
        return self._wire.send(Quotas, "GET", "/terms/{term_id}/quotas", given(term_id=term_id))
