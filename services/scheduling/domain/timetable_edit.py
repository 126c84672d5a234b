"""Changing single sessions of a timetable by hand; whether that breaks a rule is for the check to say."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from services.scheduling.domain.timetable import Session, Table, ordered, times_of
from services.scheduling.domain.timetable_setting import TeachingLimits

SHARED = ("title", "form", "on", "half", "starts_at", "ends_at", "hours", "lecturer_id", "room_id", "host")
"""What a joint lecture has in common in all its terms; the module is each term's own."""


def changed(session: Session, changes: Mapping[str, Any], limits: TeachingLimits) -> Session:
    """Return a session with some fields changed.

    One that goes to another half-day without times takes that half-day's; so does one whose hours change.
    """
    after = dataclasses.replace(session, **changes)
    timed = "starts_at" in changes or "ends_at" in changes
    if not timed and (after.half != session.half or after.hours != session.hours or after.form != session.form):
        length = limits.half_day_hours if after.form == "field" else min(after.hours, limits.half_day_hours)
        starts_at, ends_at = times_of(after.half, 0, length, limits.half_day_hours, limits.half_times)
        after = dataclasses.replace(after, starts_at=starts_at, ends_at=ends_at)
    return after


def replaced(table: Table, session: Session) -> Table:
    """Return the table with the session of the same identifier replaced."""
    return ordered(session if each.session_id == session.session_id else each for each in table)


def swapped(table: Table, first: Session, second: Session) -> Table:
    """Return the table with two sessions in each other's time; lecturer and room stay with each."""
    when = ("on", "half", "starts_at", "ends_at")
    there = dataclasses.replace(first, **{name: getattr(second, name) for name in when})
    here = dataclasses.replace(second, **{name: getattr(first, name) for name in when})
    return replaced(replaced(table, there), here)


def followed(table: Table, leading: Session) -> Table:
    """Return the table with its part of a joint lecture brought in line with another term's."""
    shared = {name: getattr(leading, name) for name in SHARED}
    return ordered(dataclasses.replace(each, **shared) if each.joint_id == leading.joint_id else each for each in table)
