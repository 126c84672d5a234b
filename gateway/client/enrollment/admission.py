"""Admission of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.enrollment.types.admission import Admission, Fills, TraineePage
from gateway.client.wire import UNSET, Caller, Unset, given


class AdmissionCalls(Caller):
    """选调与录取 / Enrollment: admission."""

    def admit_term(
        self,
        *,
        term_id: str,
        nomination_ids: list[str] | Unset | None = UNSET,
        standby_left_out: bool | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> Admission:
        """按审核顺序录取 / Admit to a term in review order."""
        return self._wire.send(
            Admission,
            "POST",
            "/terms/{term_id}/admissions",
            given(term_id=term_id, nomination_ids=nomination_ids, standby_left_out=standby_left_out),
            idempotency_key=idempotency_key,
        )

    def list_trainees(
        self,
        *,
        term_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        below: bool | Unset = UNSET,
    ) -> TraineePage:
        """查询已录取学员 / List admitted trainees."""
        return self._wire.send(
            TraineePage,
            "GET",
            "/terms/{term_id}/trainees",
            given(term_id=term_id, cursor=cursor, limit=limit, unit_id=unit_id, below=below),
        )

    def term_fill(self, *, plan_id: str | Unset = UNSET) -> Fills:
        """各期报名与录取情况 / How full each term is."""
        return self._wire.send(Fills, "GET", "/fills", given(plan_id=plan_id))
