"""Lecturers of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.scheduling.types.lecturers import (
    ContactShown,
    Lecturer,
    LecturerContact,
    LecturerRow,
    LecturerRowPage,
    OwnRecord,
    Unavailability,
)
from gateway.client.wire import UNSET, Caller, Unset, given


class LecturersCalls(Caller):
    """计划与排期 / Plans and scheduling: lecturers."""

    def put_lecturer(
        self,
        *,
        lecturer_id: str,
        name: str,
        grade: Literal["intermediate", "associate", "full", "academician"],
        organisation: str,
        post: str | Unset | None = UNSET,
        expertise: list[str] | Unset = UNSET,
        out_of_town: bool | Unset = UNSET,
        active: bool | Unset = UNSET,
        contact: LecturerContact | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> LecturerRow:
        """登记教师 / Register a lecturer."""
        return self._wire.send(
            LecturerRow,
            "PUT",
            "/lecturers/{lecturer_id}",
            given(
                lecturer_id=lecturer_id,
                name=name,
                grade=grade,
                organisation=organisation,
                post=post,
                expertise=expertise,
                out_of_town=out_of_town,
                active=active,
                contact=contact,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_lecturers(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        grade: Literal["intermediate", "associate", "full", "academician"] | Unset = UNSET,
        active: bool | Unset = UNSET,
        subject: str | Unset = UNSET,
    ) -> LecturerRowPage:
        """列出师资 / List lecturers."""
        return self._wire.send(
            LecturerRowPage,
            "GET",
            "/lecturers",
            given(cursor=cursor, limit=limit, grade=grade, active=active, subject=subject),
        )

    def get_lecturer(self, *, lecturer_id: str) -> Lecturer:
        """查看教师 / Show a lecturer."""
        return self._wire.send(Lecturer, "GET", "/lecturers/{lecturer_id}", given(lecturer_id=lecturer_id))

    def get_lecturer_contact(self, *, lecturer_id: str, purpose: str) -> ContactShown:
        """查看教师联系方式（留痕） / Show a lecturer's contact in full; the look is audited."""
        return self._wire.send(
            ContactShown, "GET", "/lecturers/{lecturer_id}/contact", given(lecturer_id=lecturer_id, purpose=purpose)
        )

    def put_unavailability(
        self,
        *,
        lecturer_id: str,
        unavailable: list[Unavailability],
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> LecturerRow:
        """登记教师不能授课的时间 / Set when a lecturer cannot teach."""
        return self._wire.send(
            LecturerRow,
            "PUT",
            "/lecturers/{lecturer_id}/unavailability",
            given(lecturer_id=lecturer_id, unavailable=unavailable),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def get_own_record(self) -> OwnRecord:
        """教师查看本人登记信息 / Show a lecturer's own record."""
        return self._wire.send(OwnRecord, "GET", "/lecturer/record", given())

    def report_unavailability(
        self, *, unavailable: list[Unavailability], idempotency_key: str | None = None
    ) -> OwnRecord:
        """教师填报不能授课的时间 / Report when one cannot teach."""
        return self._wire.send(
            OwnRecord,
            "PUT",
            "/lecturer/unavailability",
            given(unavailable=unavailable),
            idempotency_key=idempotency_key,
        )
