"""Hours records of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.enrollment.types.hours import HoursLedger
from gateway.client.enrollment.types.hours_records import GivenHours, HoursImport
from gateway.client.wire import UNSET, Caller, Unset, given


class HoursRecordsCalls(Caller):
    """选调与录取 / Enrollment: hours records."""

    def import_hours(self, *, source: str, rows: list[GivenHours], idempotency_key: str | None = None) -> HoursImport:
        """导入以往年度学时 / Import hours of earlier years."""
        return self._wire.send(
            HoursImport, "POST", "/hours-imports", given(source=source, rows=rows), idempotency_key=idempotency_key
        )

    def record_promotion(
        self,
        *,
        person_id: str,
        promoted_on: str,
        rank: str,
        document: str,
        post: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> HoursLedger:
        """登记提任 / Record a promotion."""
        return self._wire.send(
            HoursLedger,
            "POST",
            "/hours/{person_id}/promotions",
            given(person_id=person_id, promoted_on=promoted_on, rank=rank, post=post, document=document),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
