"""Entrypoints: timetable solves."""

from __future__ import annotations

from typing import Any

from services.scheduling import contract, timetabling
from services.scheduling.commands import timetable_solves
from services.scheduling.queries import timetable_solves as timetable_solve_queries
from services.scheduling.service.desk import Desk
from shared.messaging import Call, Delivery, handles, serves


class TimetableSolveEntrypoints(Desk):
    """Timetable solves."""

    @serves(contract.SOLVE_TIMETABLE)
    def solve_timetable(self, call: Call) -> dict[str, Any]:
        """Ask for a timetable."""
        return timetabling.ask_for_timetable(self.kit, call)

    @serves(contract.GET_TIMETABLE_SOLVE)
    def get_timetable_solve(self, call: Call) -> dict[str, Any]:
        """Show a solve."""
        return self.kit.query(call, timetable_solve_queries.get_timetable_solve)

    @serves(contract.LIST_TIMETABLE_SOLVES)
    def list_timetable_solves(self, call: Call) -> dict[str, Any]:
        """List solves."""
        return self.kit.query(call, timetable_solve_queries.list_timetable_solves)

    @serves(contract.STOP_TIMETABLE_SOLVE)
    def stop_timetable_solve(self, call: Call) -> dict[str, Any]:
        """Stop a solve."""
        return self.kit.command(call, timetable_solves.stop_timetable_solve)

    @serves(contract.PREVIEW_TIMETABLE_CHANGE)
    def preview_timetable_change(self, call: Call) -> dict[str, Any]:
        """Show what a change by hand would do."""
        return self.kit.query(call, timetable_solve_queries.preview_timetable_change)

    @handles(contract.TIMETABLE_SOLVE_REQUESTED)
    def on_timetable_solve_requested(self, delivery: Delivery) -> None:
        """Solve a timetable."""
        timetabling.run_solve(self.kit, delivery)
