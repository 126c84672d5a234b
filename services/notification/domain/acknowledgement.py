"""An acknowledgement (回执): whoever got a letter says so, by a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

AcknowledgementState = Literal["awaited", "overdue", "received"]
STATES: tuple[AcknowledgementState, ...] = ("awaited", "overdue", "received")
Way = Literal["unit", "personal_link", "phone"]
WAYS: tuple[Way, ...] = ("unit", "personal_link", "phone")


class AlreadyAcknowledged(Exception):
    """The acknowledgement is there."""


@dataclass(frozen=True)
class Acknowledgement:
    """What is known of one letter's acknowledgement.

    ``due_on`` is the last day on which it is in time. ``way``: by the unit, by the person through the personal link,
    or told on the phone and noted by staff; ``late`` is fixed when it is received.
    """

    due_on: date
    state: AcknowledgementState = "awaited"
    way: Way | None = None
    by: str | None = None
    at: datetime | None = None
    note: str = ""
    late: bool = False

    @property
    def outstanding(self) -> bool:
        """Whether it is still waited for."""
        return self.state != "received"

    def receive(self, way: Way, by: str, at: datetime, on: date, note: str = "") -> Acknowledgement:
        """Return it received at an instant, on a day of the city. Raises ``AlreadyAcknowledged``."""
        if not self.outstanding:
            raise AlreadyAcknowledged
        return replace(self, state="received", way=way, by=by, at=at, note=note, late=on > self.due_on)

    def lapse(self, today: date) -> Acknowledgement:
        """Return it overdue once the due day is over; a received one stays received."""
        return replace(self, state="overdue") if self.state == "awaited" and today > self.due_on else self

    def to_row(self) -> dict[str, Any]:
        """Return it as it is stored with its letter."""
        return {**self.__dict__, "due_on": self.due_on.isoformat()}

    @staticmethod
    def of_row(row: dict[str, Any]) -> Acknowledgement:
        """Return the acknowledgement that ``to_row`` wrote."""
        return Acknowledgement(**{**row, "due_on": date.fromisoformat(row["due_on"])})
