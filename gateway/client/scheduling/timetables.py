"""Timetables of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.scheduling.types.timetables import (
    CalendarSessions,
    TimetableComparison,
    TimetableReply,
    TimetableVersionRowPage,
)
from gateway.client.wire import UNSET, Caller, Download, Unset, given


class TimetablesCalls(Caller):
    """计划与排期 / Plans and scheduling: timetables."""

    def get_timetable(self, *, term_id: str, number: int | Unset = UNSET) -> TimetableReply:
        """查看一期的日程表 / Show a term's timetable."""
        return self._wire.send(
            TimetableReply, "GET", "/terms/{term_id}/timetable", given(term_id=term_id, number=number)
        )

    def get_timetable_file(self, *, term_id: str, number: int | Unset = UNSET) -> Download:
        """下载日程表（Excel） / Download a timetable as a workbook."""
        return self._wire.download("GET", "/terms/{term_id}/timetable/file", given(term_id=term_id, number=number))

    def list_timetable_versions(
        self, *, term_id: str, cursor: str | Unset = UNSET, limit: int | Unset = UNSET
    ) -> TimetableVersionRowPage:
        """列出日程表的历次版本 / List a timetable's versions."""
        return self._wire.send(
            TimetableVersionRowPage,
            "GET",
            "/terms/{term_id}/timetable/versions",
            given(term_id=term_id, cursor=cursor, limit=limit),
        )

    def compare_timetable(
        self, *, term_id: str, from_number: int, to_number: int | Unset = UNSET
    ) -> TimetableComparison:
        """比较日程表的两个版本 / Compare two versions of a timetable."""
        return self._wire.send(
            TimetableComparison,
            "GET",
            "/terms/{term_id}/timetable/comparison",
            given(term_id=term_id, from_number=from_number, to_number=to_number),
        )

    def list_sessions(
        self,
        *,
        from_day: str,
        to_day: str,
        term_id: str | Unset = UNSET,
        lecturer_id: str | Unset = UNSET,
        room_id: str | Unset = UNSET,
    ) -> CalendarSessions:
        """查询已下达的课次 / List issued sessions by day, term, lecturer or room."""
        return self._wire.send(
            CalendarSessions,
            "GET",
            "/sessions",
            given(from_day=from_day, to_day=to_day, term_id=term_id, lecturer_id=lecturer_id, room_id=room_id),
        )

    def list_own_sessions(self, *, from_day: str, to_day: str) -> CalendarSessions:
        """教师查看本人的课次 / Show what a lecturer teaches."""
        return self._wire.send(CalendarSessions, "GET", "/lecturer/sessions", given(from_day=from_day, to_day=to_day))
