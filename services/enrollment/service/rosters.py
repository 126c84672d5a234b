"""Rosters."""

from __future__ import annotations

from typing import Any

from services.enrollment import contract
from services.enrollment.commands import importing, rosters
from services.enrollment.queries import rosters as roster_queries
from services.enrollment.service.desk import Desk
from shared.messaging import Call, Delivery, handles, serves


class RosterEntrypoints(Desk):
    """Rosters."""

    @serves(contract.FILE_ROSTER)
    def file_roster(self, call: Call) -> dict[str, Any]:
        """Take a roster file."""
        return self.kit.long_command(call, rosters.file_roster)

    @serves(contract.LIST_ROSTERS)
    def list_rosters(self, call: Call) -> dict[str, Any]:
        """List imports."""
        return self.kit.query(call, roster_queries.list_rosters)

    @serves(contract.GET_ROSTER)
    def get_roster(self, call: Call) -> dict[str, Any]:
        """Show an import."""
        return self.kit.query(call, roster_queries.get_roster)

    @serves(contract.LIST_ROSTER_ROWS)
    def list_roster_rows(self, call: Call) -> dict[str, Any]:
        """List how each row ended."""
        return self.kit.query(call, roster_queries.list_roster_rows)

    @serves(contract.GET_ROSTER_FILE)
    def get_roster_file(self, call: Call) -> dict[str, Any]:
        """Return the annotated copy."""
        return self.kit.query(call, roster_queries.get_roster_file)

    @handles(contract.ROSTER_RECEIVED)
    def on_roster_received(self, delivery: Delivery) -> None:
        """Import a roster."""
        importing.import_roster(self.kit.work(delivery))
