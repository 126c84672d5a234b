"""Entrypoints: campuses, rooms, blackouts and the calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.scheduling import contract
from services.scheduling.commands import calendar, places
from services.scheduling.queries import places as place_queries
from services.scheduling.service.desk import Desk
from shared.messaging import Call, serves, ticks


class PlaceEntrypoints(Desk):
    """Campuses, rooms, blackouts and the calendar."""

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
        return self.kit.command(call, calendar.put_calendar_day)

    @serves(contract.CLEAR_CALENDAR_DAY)
    def clear_calendar_day(self, call: Call) -> dict[str, Any]:
        """Go back to the published table."""
        return self.kit.command(call, calendar.clear_calendar_day)

    @serves(contract.LIST_CALENDAR_DAYS)
    def list_calendar_days(self, call: Call) -> dict[str, Any]:
        """Show the calendar."""
        return self.kit.query(call, place_queries.list_calendar_days)

    @serves(contract.GET_NOTICE_DEADLINE)
    def get_notice_deadline(self, call: Call) -> dict[str, Any]:
        """Work out a deadline."""
        return self.kit.query(call, place_queries.get_notice_deadline)

    @ticks("calendar", every=timedelta(hours=1))
    def announce_calendar(self, slot: datetime) -> None:
        """Tell of the city's own days once a day, for those who listen only since then."""
        self.kit.tick(slot, "calendar").transact(calendar.repeat_calendar)
