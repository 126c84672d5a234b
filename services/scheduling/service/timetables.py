"""Entrypoints: timetables of terms."""

from __future__ import annotations

from typing import Any

from services.scheduling import arranging
from services.scheduling.commands import timetable_drafts, timetable_issues, timetable_sessions
from services.scheduling.contract import timetable_drafts as drafting
from services.scheduling.contract import timetables as contract
from services.scheduling.contract.timetable_solves import TIMETABLE_SOLVE_CONCLUDED
from services.scheduling.queries import exports, timetable_places
from services.scheduling.queries import timetable_drafts as draft_queries
from services.scheduling.queries import timetables as timetable_queries
from services.scheduling.service.desk import Desk
from shared.messaging import Call, Delivery, handles, serves


class TimetableEntrypoints(Desk):
    """Timetables of terms."""

    @serves(contract.GET_TIMETABLE)
    def get_timetable(self, call: Call) -> dict[str, Any]:
        """Show a timetable."""
        return self.kit.query(call, timetable_queries.get_timetable)

    @serves(contract.GET_TIMETABLE_FILE)
    def get_timetable_file(self, call: Call) -> dict[str, Any]:
        """Return a timetable as a workbook."""
        return self.kit.query(call, exports.get_timetable_file)

    @serves(contract.EXPORT_SCHEDULING_FILES)
    def export_scheduling_files(self, call: Call) -> dict[str, Any]:
        """Return the files of a term."""
        return self.kit.query(call, exports.export_scheduling_files)

    @serves(contract.LIST_TIMETABLE_VERSIONS)
    def list_timetable_versions(self, call: Call) -> dict[str, Any]:
        """List a timetable's versions."""
        return self.kit.query(call, timetable_queries.list_timetable_versions)

    @serves(contract.COMPARE_TIMETABLE)
    def compare_timetable(self, call: Call) -> dict[str, Any]:
        """Compare two versions."""
        return self.kit.query(call, timetable_queries.compare_timetable)

    @serves(contract.LIST_SESSIONS)
    def list_sessions(self, call: Call) -> dict[str, Any]:
        """List issued sessions."""
        return self.kit.query(call, timetable_queries.list_sessions)

    @serves(contract.LIST_OWN_SESSIONS)
    def list_own_sessions(self, call: Call) -> dict[str, Any]:
        """Show what a lecturer teaches."""
        return self.kit.query(call, timetable_queries.list_own_sessions)

    @serves(drafting.OPEN_TIMETABLE_DRAFT)
    def open_timetable_draft(self, call: Call) -> dict[str, Any]:
        """Begin a draft."""
        return self.kit.command(call, timetable_drafts.open_timetable_draft)

    @serves(drafting.GET_TIMETABLE_DRAFT)
    def get_timetable_draft(self, call: Call) -> dict[str, Any]:
        """Show a draft."""
        return self.kit.query(call, draft_queries.get_timetable_draft)

    @serves(drafting.LIST_SESSION_PLACES)
    def list_session_places(self, call: Call) -> dict[str, Any]:
        """Show where a session could go."""
        return self.kit.query(call, timetable_places.list_session_places)

    @serves(drafting.DROP_TIMETABLE_DRAFT)
    def drop_timetable_draft(self, call: Call) -> dict[str, Any]:
        """Drop a draft."""
        return self.kit.command(call, timetable_drafts.drop_timetable_draft)

    @serves(drafting.ADD_SESSION)
    def add_session(self, call: Call) -> dict[str, Any]:
        """Add a session."""
        return self.kit.command(call, timetable_sessions.add_session)

    @serves(drafting.CHANGE_SESSION)
    def change_session(self, call: Call) -> dict[str, Any]:
        """Change a session."""
        return self.kit.command(call, timetable_sessions.change_session)

    @serves(drafting.REMOVE_SESSION)
    def remove_session(self, call: Call) -> dict[str, Any]:
        """Remove a session."""
        return self.kit.command(call, timetable_sessions.remove_session)

    @serves(drafting.SWAP_SESSIONS)
    def swap_sessions(self, call: Call) -> dict[str, Any]:
        """Swap two sessions."""
        return self.kit.command(call, timetable_sessions.swap_sessions)

    @serves(drafting.JOIN_SESSIONS)
    def join_sessions(self, call: Call) -> dict[str, Any]:
        """Make a joint lecture."""
        return self.kit.command(call, timetable_sessions.join_sessions)

    @serves(drafting.ARRANGE_TIMETABLES)
    def arrange_timetables(self, call: Call) -> dict[str, Any]:
        """Let a scheduler make drafts."""
        return arranging.ask_for_drafts(self.kit, call)

    @handles(TIMETABLE_SOLVE_CONCLUDED)
    def on_timetable_solve_concluded(self, delivery: Delivery) -> None:
        """Take over the drafts a scheduler made."""
        self.kit.react(delivery, arranging.take_over)

    @serves(drafting.ISSUE_TIMETABLES)
    def issue_timetables(self, call: Call) -> dict[str, Any]:
        """Issue timetables."""
        return self.kit.command(call, timetable_issues.issue_timetables)
