"""A feed as an iCalendar file (RFC 5545) that the usual calendar programs subscribe to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event, Timezone, vDuration

from services.scheduling.domain.feed import Entry, Kind, description, summary
from services.scheduling.domain.scheme import FORM_NAMES
from services.scheduling.domain.timetable import Session
from shared.clock import CITY_ZONE

MEDIA_TYPE = "text/calendar"
_PRODUCT = "-//Diaoxun//Timetables//ZH"
# The zone has had no summer time since 1992, so one rule serves every session there can be.
_ZONE_FROM, _ZONE_UNTIL = date(2000, 1, 1), date(2038, 1, 1)
NameOf = Callable[[Session], str | None]


def calendar_file(
    kind: Kind, title: str, entries: Iterable[Entry], lecturer: NameOf, place: NameOf, refresh: timedelta
) -> bytes:
    """Return the file. The same entries give the same bytes, so that its hash serves as an ETag."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", str(CITY_ZONE))
    calendar.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(refresh))
    calendar.add_component(Timezone.from_tzid(str(CITY_ZONE), first_date=_ZONE_FROM, last_date=_ZONE_UNTIL))
    for entry in entries:
        calendar.add_component(_event(kind, entry, lecturer(entry.session), place(entry.session)))
    content: bytes = calendar.to_ical()
    return content


def _event(kind: Kind, entry: Entry, lecturer: str | None, place: str | None) -> Event:
    session, event = entry.session, Event()
    event.add("uid", f"{entry.uid}@diaoxun")
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("status", entry.status)
    event.add("dtstart", _instant(session.on, session.starts_at))
    event.add("dtend", _instant(session.on, session.ends_at))
    event.add("summary", summary(kind, entry, lecturer))
    event.add("description", description(entry, lecturer))
    event.add("categories", [FORM_NAMES[session.form][0]])
    if place:
        event.add("location", place)
    if entry.status == "CANCELLED":
        event.add("transp", "TRANSPARENT")
    return event


def _instant(on: date, at: str) -> datetime:
    return datetime.combine(on, time.fromisoformat(at), CITY_ZONE)
