"""Check-in and rolls."""

from __future__ import annotations

from typing import Any

from services.compliance import contract
from services.compliance.commands import attendance, checkin
from services.compliance.queries import attendance as attendance_queries
from services.compliance.queries import checkin as checkin_queries
from services.compliance.service.desk import Desk
from shared.messaging import Call, serves


class AttendanceEntrypoints(Desk):
    """Check-in and rolls."""

    @serves(contract.CHECK_IN_TRAINEES)
    def check_in_trainees(self, call: Call) -> dict[str, Any]:
        """Check trainees in."""
        return self.kit.command(call, checkin.check_in_trainees)

    @serves(contract.LIST_CHECK_INS)
    def list_check_ins(self, call: Call) -> dict[str, Any]:
        """List check-ins."""
        return self.kit.query(call, checkin_queries.list_check_ins)

    @serves(contract.RECORD_ATTENDANCE)
    def record_attendance(self, call: Call) -> dict[str, Any]:
        """Take or correct a roll."""
        rules = self.rules()
        return self.kit.command(call, lambda tx, request: attendance.record_attendance(tx, request, rules))

    @serves(contract.GET_ROLL)
    def get_roll(self, call: Call) -> dict[str, Any]:
        """Show a roll."""
        return self.kit.query(call, attendance_queries.get_roll)

    @serves(contract.LIST_ROLLS)
    def list_rolls(self, call: Call) -> dict[str, Any]:
        """List the sessions of a term."""
        return self.kit.query(call, attendance_queries.list_rolls)

    @serves(contract.LIST_ATTENDANCE)
    def list_attendance(self, call: Call) -> dict[str, Any]:
        """List hours attended."""
        return self.kit.query(call, attendance_queries.list_attendance)
