"""The compliance service: entrypoints, each one line into a command or a query."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.compliance import contract, store
from services.compliance.commands import (
    attendance,
    briefing,
    checkin,
    due,
    leave,
    term,
    timetable,
    trainee,
    withdrawal,
)
from services.compliance.limits import policy_table
from services.compliance.queries import attendance as attendance_queries
from services.compliance.queries import briefing as briefing_queries
from services.compliance.queries import checkin as checkin_queries
from services.compliance.queries import leave as leave_queries
from services.compliance.queries import withdrawal as withdrawal_queries
from services.compliance.rulebook import Rulebook
from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from services.outcomes.contract import REPORT_GRADED
from services.scheduling.contract import TERM_CANCELLED, TERM_MOVED, TERM_PLACED, TIMETABLE_ISSUED
from shared.messaging import Call, Delivery, handles, serves, ticks
from shared.runtime import Kit


class ComplianceService:
    """Trainees from the briefing to the return: check-in, attendance, leave, conduct, travel, completion, closing."""

    name = "compliance"
    kit = Kit(contract.CONTRACT, store.SCHEMA)

    @serves(contract.LIST_BRIEFINGS)
    def list_briefings(self, call: Call) -> dict[str, Any]:
        """List briefings."""
        return self.kit.query(call, briefing_queries.list_briefings)

    @serves(contract.GET_BRIEFING)
    def get_briefing(self, call: Call) -> dict[str, Any]:
        """Show one briefing."""
        return self.kit.query(call, briefing_queries.get_briefing)

    @serves(contract.ACKNOWLEDGE_BRIEFING)
    def acknowledge_briefing(self, call: Call) -> dict[str, Any]:
        """Sign a briefing."""
        return self.kit.command(call, briefing.acknowledge_briefing)

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
        rules = self._rules()
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

    @serves(contract.REQUEST_MY_LEAVE)
    def request_my_leave(self, call: Call) -> dict[str, Any]:
        """Ask for leave."""
        rules = self._rules()
        return self.kit.command(call, lambda tx, request: leave.request_my_leave(tx, request, rules))

    @serves(contract.FILE_LEAVE)
    def file_leave(self, call: Call) -> dict[str, Any]:
        """File leave for a trainee."""
        rules = self._rules()
        return self.kit.command(call, lambda tx, request: leave.file_leave(tx, request, rules))

    @serves(contract.DECIDE_LEAVE)
    def decide_leave(self, call: Call) -> dict[str, Any]:
        """Decide on leave."""
        rules = self._rules()
        return self.kit.command(call, lambda tx, request: leave.decide_leave(tx, request, rules))

    @serves(contract.CANCEL_LEAVE)
    def cancel_leave(self, call: Call) -> dict[str, Any]:
        """End leave early."""
        rules = self._rules()
        return self.kit.command(call, lambda tx, request: leave.cancel_leave(tx, request, rules))

    @serves(contract.CANCEL_MY_LEAVE)
    def cancel_my_leave(self, call: Call) -> dict[str, Any]:
        """End one's own leave."""
        rules = self._rules()
        return self.kit.command(call, lambda tx, request: leave.cancel_my_leave(tx, request, rules))

    @serves(contract.LIST_LEAVES)
    def list_leaves(self, call: Call) -> dict[str, Any]:
        """List leave."""
        return self.kit.query(call, leave_queries.list_leaves)

    @serves(contract.LIST_MY_LEAVES)
    def list_my_leaves(self, call: Call) -> dict[str, Any]:
        """List one's own leave."""
        return self.kit.query(call, leave_queries.list_my_leaves)

    @serves(contract.GET_LEAVE_GROUNDS)
    def get_leave_grounds(self, call: Call) -> dict[str, Any]:
        """Show the grounds of a leave, audited."""
        return self.kit.query(call, leave_queries.get_leave_grounds)

    @serves(contract.PROJECT_LEAVE)
    def project_leave(self, call: Call) -> dict[str, Any]:
        """Project somebody's leave."""
        return self.kit.query(call, leave_queries.project_leave)

    @serves(contract.PROJECT_MY_LEAVE)
    def project_my_leave(self, call: Call) -> dict[str, Any]:
        """Project one's own leave."""
        return self.kit.query(call, leave_queries.project_my_leave)

    @serves(contract.LIST_WITHDRAWAL_CASES)
    def list_withdrawal_cases(self, call: Call) -> dict[str, Any]:
        """List withdrawal cases."""
        return self.kit.query(call, withdrawal_queries.list_withdrawal_cases)

    @serves(contract.GET_WITHDRAWAL_CASE)
    def get_withdrawal_case(self, call: Call) -> dict[str, Any]:
        """Show a withdrawal case."""
        return self.kit.query(call, withdrawal_queries.get_withdrawal_case)

    @serves(contract.DECIDE_WITHDRAWAL)
    def decide_withdrawal(self, call: Call) -> dict[str, Any]:
        """Decide on a withdrawal."""
        return self.kit.command(call, withdrawal.decide_withdrawal)

    @handles(ROSTER_ADMITTED)
    def on_roster_admitted(self, delivery: Delivery) -> None:
        """Keep the people and open the unit's briefing."""
        self.kit.react(delivery, trainee.admit_roster)

    @handles(NOMINATION_WITHDRAWN)
    def on_nomination_withdrawn(self, delivery: Delivery) -> None:
        """Take somebody off the term."""
        self.kit.react(delivery, trainee.drop_trainee)

    @handles(REPORT_GRADED)
    def on_report_graded(self, delivery: Delivery) -> None:
        """Keep a grade."""
        self.kit.react(delivery, trainee.note_grade)

    @handles(TERM_PLACED)
    def on_term_placed(self, delivery: Delivery) -> None:
        """Learn a term's dates."""
        self.kit.react(delivery, term.record_term)

    @handles(TERM_MOVED)
    def on_term_moved(self, delivery: Delivery) -> None:
        """Learn a term's new dates."""
        self.kit.react(delivery, term.record_term)

    @handles(TERM_CANCELLED)
    def on_term_cancelled(self, delivery: Delivery) -> None:
        """Cancel what a term needed."""
        self.kit.react(delivery, term.cancel_term)

    @handles(TIMETABLE_ISSUED)
    def on_timetable_issued(self, delivery: Delivery) -> None:
        """Learn the sessions and count hours anew."""
        rules = self._rules()
        self.kit.react(delivery, lambda tx, data: timetable.record_timetable(tx, data, rules))

    @ticks("due", every=timedelta(hours=1))
    def look_at_terms(self, slot: datetime) -> None:
        """Do what fell due."""
        due.look_at_terms(self.kit.tick(slot, "due"))

    def _rules(self) -> Rulebook:
        return Rulebook(self.kit.plugins, policy_table().on(self.kit.clock.today()))
