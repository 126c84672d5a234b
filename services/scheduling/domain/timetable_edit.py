"""Changing single sessions of a timetable by hand; whether that breaks a rule is for the check to say."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from itertools import combinations
from typing import Any

from services.scheduling.domain.timetable import Session, Table, ordered, times_from, times_of
from services.scheduling.domain.timetable_setting import TeachingLimits

SHARED = ("title", "form", "on", "half", "starts_at", "ends_at", "hours", "lecturer_id", "room_id", "host")
"""What a joint lecture has in common in all its terms; the module is each term's own."""


def changed(session: Session, changes: Mapping[str, Any], limits: TeachingLimits) -> Session:
    """Return a session with some fields changed.

    Without times given, one that goes to another half-day, or comes to take a whole one, begins with that half-day;
    one that only takes more hours or fewer begins when it did.
    """
    after = dataclasses.replace(session, **changes)
    if "starts_at" in changes or "ends_at" in changes:
        return after
    if after.half != session.half or (after.form == "field") != (session.form == "field"):
        return _lasting(after, limits.half_times[after.half][0], limits)
    return _lasting(after, session.starts_at, limits) if after.hours != session.hours else after


def _lasting(session: Session, starts_at: str, limits: TeachingLimits) -> Session:
    """Return a session that begins at a time of its half-day and lasts as its hours say."""
    most = limits.half_day_hours
    if session.form == "field":
        starts_at, ends_at = times_of(session.half, 0, most, most, limits.half_times)
    else:
        starts_at, ends_at = times_from(session.half, starts_at, min(session.hours, most), most, limits.half_times)
    return dataclasses.replace(session, starts_at=starts_at, ends_at=ends_at)


def replaced(table: Table, session: Session) -> Table:
    """Return the table with the session of the same identifier replaced."""
    return ordered(session if each.session_id == session.session_id else each for each in table)


def swapped(table: Table, first: Session, second: Session, limits: TeachingLimits) -> Table:
    """Return the table with two sessions in each other's time; lecturer and room stay with each.

    Of different length, each begins when the other did and lasts as long as before. Where that is in the way of what
    else a half-day holds, and its hours have room for all, its sessions come one after the other, in order.
    """
    if (first.hours, first.form == "field") == (second.hours, second.form == "field"):
        when = ("on", "half", "starts_at", "ends_at")
        there = dataclasses.replace(first, **{name: getattr(second, name) for name in when})
        here = dataclasses.replace(second, **{name: getattr(first, name) for name in when})
        return replaced(replaced(table, there), here)
    for one, other in ((first, second), (second, first)):
        there = dataclasses.replace(one, on=other.on, half=other.half)
        table = replaced(table, _lasting(there, other.starts_at, limits))
    turns = {first.session_id: second.starts_at, second.session_id: first.starts_at}
    for each in (first, second):
        table = _with_room(table, each, turns, limits)
    return table


def _with_room(table: Table, there: Session, turns: Mapping[str, str], limits: TeachingLimits) -> Table:
    """Return the table with one half-day laid out so that nothing overlaps, where its hours allow that."""
    content = [each for each in table if (each.on, each.half) == (there.on, there.half)]
    hours = sum(each.hours for each in content)
    whole = hours > limits.half_day_hours or any(each.form == "field" for each in content)
    if whole or not any(one.overlaps(other) for one, other in combinations(content, 2)):
        return table
    offset = 0
    for each in sorted(content, key=lambda each: turns.get(each.session_id, each.starts_at)):
        starts_at, _ = times_of(each.half, offset, 0, limits.half_day_hours, limits.half_times)
        table = replaced(table, _lasting(each, starts_at, limits))
        offset += each.hours
    return table


def followed(table: Table, leading: Session) -> Table:
    """Return the table with its part of a joint lecture brought in line with another term's."""
    shared = {name: getattr(leading, name) for name in SHARED}
    return ordered(dataclasses.replace(each, **shared) if each.joint_id == leading.joint_id else each for each in table)
