"""Events of timetables (日程表): each version issued carries the whole table of a term."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts import Event, EventData
from shared.wording import Words

FORMS = ("lecture", "discussion", "field", "self_study")
"""讲授、研讨、现场教学、自学."""
HALVES = ("morning", "afternoon", "evening")
LECTURER_GRADES = ("intermediate", "associate", "full", "academician")
"""中级及以下、副高、正高、院士及全国知名专家: what lecture fees depend on."""


class IssuedSession(EventData):
    """One session (课次) of an issued timetable.

    ``joint_id`` is the same for the sessions of several terms that are one lecture given to all of them together.
    Times are local, ``HH:MM``; ``hours`` are class hours (学时).
    """

    session_id = fields.String(required=True)
    course_id = fields.String(required=True)
    module = fields.String(required=True)
    title = fields.String(required=True)
    form = fields.String(required=True, validate=validate.OneOf(FORMS))
    on = fields.Date(required=True)
    half = fields.String(required=True, validate=validate.OneOf(HALVES))
    starts_at = fields.String(required=True)
    ends_at = fields.String(required=True)
    hours = fields.Integer(required=True)
    lecturer_id = fields.String(required=True, allow_none=True)
    lecturer_grade = fields.String(required=True, allow_none=True, validate=validate.OneOf((*LECTURER_GRADES, None)))
    room_id = fields.String(required=True, allow_none=True)
    room_title = fields.String(required=True, allow_none=True)
    joint_id = fields.String(required=True, allow_none=True)


class TimetableIssued(EventData):
    """A version of a term's timetable holds from now on; ``timetable_version`` rises by one each time.

    ``changed_session_ids`` are the sessions that are new, moved, changed or gone against the version before;
    ``affected_lecturer_ids`` are the lecturers concerned by that. ``retiming_id``: it follows a retiming, which tells
    everybody concerned by itself.
    """

    term_id = fields.String(required=True)
    plan_id = fields.String(required=True)
    timetable_version = fields.Integer(required=True)
    total_hours = fields.Integer(required=True)
    sessions = fields.List(fields.Nested(IssuedSession), required=True)
    changed_session_ids = fields.List(fields.String(), required=True)
    affected_lecturer_ids = fields.List(fields.String(), required=True)
    retiming_id = fields.String(load_default=None, allow_none=True)


TIMETABLE_ISSUED = Event(
    "scheduling.timetable.issued.v1", Words("日程表已下达", "A timetable was issued"), TimetableIssued
)

EVENTS = (TIMETABLE_ISSUED,)
