"""Lecture fees of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.enrollment.types.lecture_fees import GivenUplift, LectureFee, LectureFees, LectureFeeSummaryPage
from gateway.client.wire import UNSET, Caller, Unset, given


class LectureFeesCalls(Caller):
    """选调与录取 / Enrollment: lecture fees."""

    def list_lecture_fees(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        lecturer_id: str | Unset = UNSET,
    ) -> LectureFeeSummaryPage:
        """查询讲课费 / List lecture fees."""
        return self._wire.send(
            LectureFeeSummaryPage,
            "GET",
            "/lecture-fees",
            given(cursor=cursor, limit=limit, term_id=term_id, lecturer_id=lecturer_id),
        )

    def get_lecture_fee(self, *, term_id: str, lecturer_id: str) -> LectureFee:
        """查看一位教师一期的讲课费 / Show what a lecturer is paid for a term."""
        return self._wire.send(
            LectureFee,
            "GET",
            "/terms/{term_id}/lecture-fees/{lecturer_id}",
            given(term_id=term_id, lecturer_id=lecturer_id),
        )

    def list_my_lecture_fees(self) -> LectureFees:
        """教师查看本人讲课费 / A lecturer's own lecture fees."""
        return self._wire.send(LectureFees, "GET", "/my/lecture-fees", given())

    def agree_lecture_fee(
        self,
        *,
        term_id: str,
        lecturer_id: str,
        rate: str | Unset | None = UNSET,
        uplift: GivenUplift | Unset | None = UNSET,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> LectureFee:
        """登记约定讲课费和外地教师上浮批准 / Keep what was agreed with a lecturer."""
        return self._wire.send(
            LectureFee,
            "PUT",
            "/terms/{term_id}/lecture-fees/{lecturer_id}/agreement",
            given(term_id=term_id, lecturer_id=lecturer_id, rate=rate, uplift=uplift, note=note),
            idempotency_key=idempotency_key,
        )
