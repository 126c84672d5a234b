"""Places of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.scheduling.types.places import (
    Blackout,
    BlackoutPage,
    CalendarDays,
    CalendarOverride,
    Campus,
    CampusPage,
    Dormitory,
    NoticeDeadline,
    Room,
    RoomPage,
)
from gateway.client.wire import UNSET, Caller, Unset, given


class PlacesCalls(Caller):
    """计划与排期 / Plans and scheduling: places."""

    def put_campus(
        self,
        *,
        campus_id: str,
        title: str,
        district: str,
        beds: int,
        address: str | Unset | None = UNSET,
        reports_from: str | Unset | None = UNSET,
        reports_until: str | Unset | None = UNSET,
        opens_at: str | Unset | None = UNSET,
        dormitories: list[Dormitory] | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Campus:
        """登记校区和床位 / Register a campus and its beds."""
        return self._wire.send(
            Campus,
            "PUT",
            "/campuses/{campus_id}",
            given(
                campus_id=campus_id,
                title=title,
                district=district,
                beds=beds,
                address=address,
                reports_from=reports_from,
                reports_until=reports_until,
                opens_at=opens_at,
                dormitories=dormitories,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_campuses(self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET) -> CampusPage:
        """列出校区 / List campuses."""
        return self._wire.send(CampusPage, "GET", "/campuses", given(cursor=cursor, limit=limit))

    def put_room(
        self,
        *,
        room_id: str,
        campus_id: str,
        title: str,
        capacity: int,
        kind: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Room:
        """登记教室 / Register a room."""
        return self._wire.send(
            Room,
            "PUT",
            "/rooms/{room_id}",
            given(room_id=room_id, campus_id=campus_id, title=title, capacity=capacity, kind=kind),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_rooms(self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET) -> RoomPage:
        """列出教室 / List rooms."""
        return self._wire.send(RoomPage, "GET", "/rooms", given(cursor=cursor, limit=limit))

    def put_blackout(
        self,
        *,
        blackout_id: str,
        title: str,
        starts_on: str,
        ends_on: str,
        districts: list[str] | Unset = UNSET,
        campus_ids: list[str] | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Blackout:
        """设定停办时段 / Set a blackout."""
        return self._wire.send(
            Blackout,
            "PUT",
            "/blackouts/{blackout_id}",
            given(
                blackout_id=blackout_id,
                title=title,
                starts_on=starts_on,
                ends_on=ends_on,
                districts=districts,
                campus_ids=campus_ids,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_blackouts(self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET) -> BlackoutPage:
        """列出停办时段 / List blackouts."""
        return self._wire.send(BlackoutPage, "GET", "/blackouts", given(cursor=cursor, limit=limit))

    def lift_blackout(self, *, blackout_id: str, idempotency_key: str | None = None) -> Blackout:
        """撤销停办时段 / Lift a blackout."""
        return self._wire.send(
            Blackout,
            "DELETE",
            "/blackouts/{blackout_id}",
            given(blackout_id=blackout_id),
            idempotency_key=idempotency_key,
        )

    def put_calendar_day(
        self, *, day: str, working: bool, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> CalendarOverride:
        """设定某日是否上班 / Say whether a day is worked."""
        return self._wire.send(
            CalendarOverride,
            "PUT",
            "/calendar/days/{day}",
            given(day=day, working=working, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def clear_calendar_day(self, *, day: str, idempotency_key: str | None = None) -> CalendarOverride:
        """恢复某日的法定安排 / Go back to the published table for a day."""
        return self._wire.send(
            CalendarOverride, "DELETE", "/calendar/days/{day}", given(day=day), idempotency_key=idempotency_key
        )

    def list_calendar_days(self, *, from_day: str, to_day: str) -> CalendarDays:
        """查看工作日历 / Show the working-day calendar."""
        return self._wire.send(CalendarDays, "GET", "/calendar/days", given(from_day=from_day, to_day=to_day))

    def get_notice_deadline(
        self, *, opening: str, days: int, day_kind: Literal["calendar", "working"] | Unset = UNSET
    ) -> NoticeDeadline:
        """推算提前报告的最后日期 / Work out the last day to report ahead of an opening."""
        return self._wire.send(
            NoticeDeadline, "GET", "/calendar/deadline", given(opening=opening, days=days, day_kind=day_kind)
        )
