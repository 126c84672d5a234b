"""Events of the calendar."""

from __future__ import annotations

from marshmallow import fields

from services.scheduling.contract.parts import Day
from shared.contracts import Event, EventData
from shared.wording import Words


class OwnDay(EventData):
    """The city's own word on a day, with the reason or the document that says so."""

    day = Day(required=True)
    working = fields.Boolean(required=True)
    reason = fields.String(required=True)


class CalendarChanged(EventData):
    """Every day on which the city goes by its own word and not by the published table, as it stands now.

    ``version`` rises with every change: older news is dropped.
    """

    days = fields.List(fields.Nested(OwnDay), required=True)
    version = fields.Integer(required=True)


CALENDAR_CHANGED = Event(
    "scheduling.calendar.changed.v1", Words("工作日历已调整", "The city's calendar was changed"), CalendarChanged
)

EVENTS = (CALENDAR_CHANGED,)
