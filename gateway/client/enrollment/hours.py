"""Hours of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.enrollment.types.hours import HoursLedger, HoursSummaryPage, UnitHoursList
from gateway.client.wire import UNSET, Caller, Download, Unset, given


class HoursCalls(Caller):
    """选调与录取 / Enrollment: hours."""

    def list_hours(
        self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET, unit_id: str | Unset = UNSET
    ) -> HoursSummaryPage:
        """查询学时档案 / List hours ledgers."""
        return self._wire.send(HoursSummaryPage, "GET", "/hours", given(cursor=cursor, limit=limit, unit_id=unit_id))

    def get_hours(self, *, person_id: str) -> HoursLedger:
        """查看个人学时档案 / Show a person's hours ledger."""
        return self._wire.send(HoursLedger, "GET", "/hours/{person_id}", given(person_id=person_id))

    def get_hours_of_nomination(self, *, nomination_id: str) -> HoursLedger:
        """按推荐查看学时档案 / Show the hours ledger of somebody nominated."""
        return self._wire.send(
            HoursLedger, "GET", "/nominations/{nomination_id}/hours", given(nomination_id=nomination_id)
        )

    def get_my_hours(self) -> HoursLedger:
        """学员查看本人学时 / A trainee's own hours."""
        return self._wire.send(HoursLedger, "GET", "/my/hours", given())

    def sum_hours(self, *, unit_id: str | Unset | None = UNSET) -> UnitHoursList:
        """各单位学时完成情况 / How each unit stands with its people's hours."""
        return self._wire.send(UnitHoursList, "GET", "/hours-by-unit", given(unit_id=unit_id))

    def get_hours_file(self, *, unit_id: str | Unset | None = UNSET) -> Download:
        """下载学时档案 / Download the hours ledger of a unit."""
        return self._wire.download("GET", "/hours-file", given(unit_id=unit_id))
