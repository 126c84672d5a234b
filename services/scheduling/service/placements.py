"""Entrypoints: placements."""

from __future__ import annotations

from typing import Any

from services.scheduling import contract, placing, previewing
from services.scheduling.commands import adopting
from services.scheduling.contract.placement_adoptions import ADOPT_PREVIEW
from services.scheduling.contract.placement_previews import PREVIEW_PLACEMENT
from services.scheduling.contract.year_versions import COMPARE_YEAR, LIST_YEAR_VERSIONS
from services.scheduling.queries import placements as placement_queries
from services.scheduling.queries import year_versions
from services.scheduling.service.desk import Desk
from shared.messaging import Call, Delivery, handles, serves


class PlacementEntrypoints(Desk):
    """Placements."""

    @serves(contract.GET_PLACEMENT)
    def get_placement(self, call: Call) -> dict[str, Any]:
        """Show a placement."""
        return self.kit.query(call, placement_queries.get_placement)

    @serves(contract.LIST_PLACEMENTS)
    def list_placements(self, call: Call) -> dict[str, Any]:
        """List placements."""
        return self.kit.query(call, placement_queries.list_placements)

    @serves(contract.PLACE_TERMS)
    def place_terms(self, call: Call) -> dict[str, Any]:
        """Ask for a placement."""
        return placing.ask_for_placement(self.kit, call)

    @serves(PREVIEW_PLACEMENT)
    def preview_placement(self, call: Call) -> dict[str, Any]:
        """Show what a change would set moving."""
        return previewing.preview_placement(self.kit, call)

    @serves(ADOPT_PREVIEW)
    def adopt_placement_preview(self, call: Call) -> dict[str, Any]:
        """Make the moves of a preview."""
        return self.kit.command(call, adopting.adopt_preview)

    @serves(LIST_YEAR_VERSIONS)
    def list_year_versions(self, call: Call) -> dict[str, Any]:
        """List the versions of a year."""
        return self.kit.query(call, year_versions.list_year_versions)

    @serves(COMPARE_YEAR)
    def compare_year(self, call: Call) -> dict[str, Any]:
        """Compare two versions of a year."""
        return self.kit.query(call, year_versions.compare_year)

    @handles(contract.PLACEMENT_REQUESTED)
    def on_placement_requested(self, delivery: Delivery) -> None:
        """Solve a placement."""
        placing.run_placement(self.kit, delivery)
