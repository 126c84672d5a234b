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
        return _anew(after, limits)
    return after


def _anew(session: Session, limits: TeachingLimits) -> Session:
    """Return a session with the times it has from the beginning of its half-day."""
    length = limits.half_day_hours if session.form == "field" else min(session.hours, limits.half_day_hours)
    starts_at, ends_at = times_of(session.half, 0, length, limits.half_day_hours, limits.half_times)
    return dataclasses.replace(session, starts_at=starts_at, ends_at=ends_at)


def replaced(table: Table, session: Session) -> Table:
    """Return the table with the session of the same identifier replaced."""
    return ordered(session if each.session_id == session.session_id else each for each in table)


def swapped(table: Table, first: Session, second: Session, limits: TeachingLimits) -> Table:
    """Return the table with two sessions in each other's time; lecturer and room stay with each.

    Of different length, each takes as much of the other's half-day as it lasts.
    """
    if (first.hours, first.form == "field") != (second.hours, second.form == "field"):
        one, other = (
            _anew(dataclasses.replace(each, on=at.on, half=at.half), limits)
            for each, at in ((first, second), (second, first))
        )
        return replaced(replaced(table, one), other)
    when = ("on", "half", "starts_at", "ends_at")
    there = dataclasses.replace(first, **{name: getattr(second, name) for name in when})
    here = dataclasses.replace(second, **{name: getattr(first, name) for name in when})
    return replaced(replaced(table, there), here)


def followed(table: Table, leading: Session) -> Table:
    """Return the table with its part of a joint lecture brought in line with another term's."""
    shared = {name: getattr(leading, name) for name in SHARED}
    return ordered(dataclasses.replace(each, **shared) if each.joint_id == leading.joint_id else each for each in table)
