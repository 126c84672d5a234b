"""Dormitory, groups and meals."""

from __future__ import annotations

from typing import Any

from services.enrollment import contract
from services.enrollment.commands import arranging
from services.enrollment.queries import arrangements
from services.enrollment.service.desk import Desk
from shared.messaging import Call, Delivery, handles, serves


class ArrangementEntrypoints(Desk):
    """Dormitory, groups and meals."""

    @serves(contract.ARRANGE_TERM)
    def arrange_term(self, call: Call) -> dict[str, Any]:
        """Arrange rooms and groups."""
        return self.kit.command(call, arranging.arrange_term)

    @serves(contract.MOVE_TRAINEE)
    def move_trainee(self, call: Call) -> dict[str, Any]:
        """Move somebody by hand."""
        return self.kit.command(call, arranging.move_trainee)

    @serves(contract.GET_ARRANGEMENT)
    def get_arrangement(self, call: Call) -> dict[str, Any]:
        """Show an arrangement."""
        return self.kit.query(call, arrangements.get_arrangement)

    @handles(contract.ROSTER_ADMITTED, name="rooms")
    def place_admitted(self, delivery: Delivery) -> None:
        """Give people who were admitted a bed and a group."""
        self.kit.react(delivery, arranging.follow_people)

    @handles(contract.NOMINATION_WITHDRAWN, name="rooms")
    def free_bed(self, delivery: Delivery) -> None:
        """Free the bed of somebody who no longer goes."""
        self.kit.react(delivery, arranging.follow_people)
