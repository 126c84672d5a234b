"""The scheduling service: entrypoints, each one line into a command or a query."""

from __future__ import annotations

from typing import Any

from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from services.scheduling import contract, placing, store
from services.scheduling.commands import admissions, places, plans, terms
from services.scheduling.notices import answer_reading
from services.scheduling.queries import placements as placement_queries
from services.scheduling.queries import places as place_queries
from services.scheduling.queries import plans as plan_queries
from services.scheduling.queries import terms as term_queries
from shared.messaging import Call, Delivery, handles, serves
from shared.runtime import Kit


class SchedulingService:
    """Plans, terms, rooms and beds, the working-day calendar, placements."""

    name = "scheduling"
    kit = Kit(contract.CONTRACT, store.SCHEMA)

    @serves(contract.READ_NOTICE)
    def read_notice(self, call: Call) -> dict[str, Any]:
        """Read a notice into a draft."""
        return answer_reading(self.kit, call)

    @serves(contract.CREATE_PLAN)
    def create_plan(self, call: Call) -> dict[str, Any]:
        """Create a draft plan."""
        return self.kit.command(call, plans.create_plan)

    @serves(contract.LIST_PLANS)
    def list_plans(self, call: Call) -> dict[str, Any]:
        """List plans."""
        return self.kit.query(call, plan_queries.list_plans)

    @serves(contract.GET_PLAN)
    def get_plan(self, call: Call) -> dict[str, Any]:
        """Show a plan."""
        return self.kit.query(call, plan_queries.get_plan)

    @serves(contract.AMEND_PLAN)
    def amend_plan(self, call: Call) -> dict[str, Any]:
        """Amend a plan."""
        return self.kit.command(call, plans.amend_plan)

    @serves(contract.APPROVE_PLAN)
    def approve_plan(self, call: Call) -> dict[str, Any]:
        """Approve and publish a plan."""
        return self.kit.command(call, plans.approve_plan)

    @serves(contract.LIST_PLAN_VERSIONS)
    def list_plan_versions(self, call: Call) -> dict[str, Any]:
        """List a plan's versions."""
        return self.kit.query(call, plan_queries.list_plan_versions)

    @serves(contract.GET_PLAN_VERSION)
    def get_plan_version(self, call: Call) -> dict[str, Any]:
        """Show a version."""
        return self.kit.query(call, plan_queries.get_plan_version)

    @serves(contract.COMPARE_PLAN)
    def compare_plan(self, call: Call) -> dict[str, Any]:
        """Compare two versions."""
        return self.kit.query(call, plan_queries.compare_plan)

    @serves(contract.LIST_TERMS)
    def list_terms(self, call: Call) -> dict[str, Any]:
        """List terms."""
        return self.kit.query(call, term_queries.list_terms)

    @serves(contract.GET_TERM)
    def get_term(self, call: Call) -> dict[str, Any]:
        """Show a term."""
        return self.kit.query(call, term_queries.get_term)

    @serves(contract.MOVE_TERM)
    def move_term(self, call: Call) -> dict[str, Any]:
        """Move a term by hand."""
        return self.kit.command(call, terms.move_term)

    @serves(contract.CANCEL_TERM)
    def cancel_term(self, call: Call) -> dict[str, Any]:
        """Cancel a term."""
        return self.kit.command(call, terms.cancel_term)

    @serves(contract.PUT_CAMPUS)
    def put_campus(self, call: Call) -> dict[str, Any]:
        """Register a campus."""
        return self.kit.command(call, places.put_campus)

    @serves(contract.LIST_CAMPUSES)
    def list_campuses(self, call: Call) -> dict[str, Any]:
        """List campuses."""
        return self.kit.query(call, place_queries.list_campuses)

    @serves(contract.PUT_ROOM)
    def put_room(self, call: Call) -> dict[str, Any]:
        """Register a room."""
        return self.kit.command(call, places.put_room)

    @serves(contract.LIST_ROOMS)
    def list_rooms(self, call: Call) -> dict[str, Any]:
        """List rooms."""
        return self.kit.query(call, place_queries.list_rooms)

    @serves(contract.PUT_BLACKOUT)
    def put_blackout(self, call: Call) -> dict[str, Any]:
        """Set a blackout."""
        return self.kit.command(call, places.put_blackout)

    @serves(contract.LIST_BLACKOUTS)
    def list_blackouts(self, call: Call) -> dict[str, Any]:
        """List blackouts."""
        return self.kit.query(call, place_queries.list_blackouts)

    @serves(contract.LIFT_BLACKOUT)
    def lift_blackout(self, call: Call) -> dict[str, Any]:
        """Lift a blackout."""
        return self.kit.command(call, places.lift_blackout)

    @serves(contract.PUT_CALENDAR_DAY)
    def put_calendar_day(self, call: Call) -> dict[str, Any]:
        """Set the city's word on a day."""
        return self.kit.command(call, places.put_calendar_day)

    @serves(contract.CLEAR_CALENDAR_DAY)
    def clear_calendar_day(self, call: Call) -> dict[str, Any]:
        """Go back to the published table."""
        return self.kit.command(call, places.clear_calendar_day)

    @serves(contract.LIST_CALENDAR_DAYS)
    def list_calendar_days(self, call: Call) -> dict[str, Any]:
        """Show the calendar."""
        return self.kit.query(call, place_queries.list_calendar_days)

    @serves(contract.GET_NOTICE_DEADLINE)
    def get_notice_deadline(self, call: Call) -> dict[str, Any]:
        """Work out a deadline."""
        return self.kit.query(call, place_queries.get_notice_deadline)

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

    @handles(contract.PLACEMENT_REQUESTED)
    def on_placement_requested(self, delivery: Delivery) -> None:
        """Solve a placement."""
        placing.run_placement(self.kit, delivery)

    @handles(ROSTER_ADMITTED)
    def on_roster_admitted(self, delivery: Delivery) -> None:
        """Count who has a seat."""
        with admissions.turn:
            self.kit.react(delivery, admissions.record_admitted)

    @handles(NOMINATION_WITHDRAWN)
    def on_nomination_withdrawn(self, delivery: Delivery) -> None:
        """Count who gave a seat back."""
        self.kit.react(delivery, admissions.record_withdrawn)
