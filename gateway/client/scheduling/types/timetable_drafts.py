"""Timetable drafts: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from gateway.client.scheduling.types.parts import Text
from gateway.client.scheduling.types.timetables import DifferenceRow, SessionRow


class Arrangement(TypedDict):
    """The solve that makes the drafts; ``get_timetable_solve`` shows how far it is."""

    solve_id: str
    term_ids: list[str]
    lectures: int


class BreachRow(TypedDict):
    """A hard rule that is broken, or a remark that does not stand in the way."""

    code: str
    term_ids: list[str]
    session_ids: list[str]
    words: Text


class Dropped(TypedDict):
    """The draft is gone."""

    term_id: str


class IssuedRow(TypedDict):
    """What was issued for one term; ``changed`` sessions are against the version before."""

    term_id: str
    number: int
    total_hours: int
    changed: int
    affected_lecturer_ids: list[str]


class IssuedTimetables(TypedDict):
    """What was issued; a draft that changes nothing gives no new version."""

    items: list[IssuedRow]


class JoinedSession(TypedDict):
    """A session of a term that becomes part of a joint lecture."""

    term_id: str
    session_id: str


class SessionPlace(TypedDict):
    """A half-day, what a session there would newly break, and how many broken rules it would mend."""

    on: str
    half: Literal["morning", "afternoon", "evening"]
    broken: list[BreachRow]
    mended: int


class SessionPlaces(TypedDict):
    """Every half-day of the term, in order. A joint lecture is judged in all its terms."""

    term_id: str
    session_id: str
    places: list[SessionPlace]
    version: int


class TimetableDraft(TypedDict):
    """A draft. It can be issued when ``breaches`` is empty; ``remarks`` are worth a look and hold nothing up."""

    term_id: str
    based_on: int
    total_hours: int
    scheme_hours: int | None
    sessions: list[SessionRow]
    breaches: list[BreachRow]
    remarks: list[BreachRow]
    differences: list[DifferenceRow]
    left_out: list[Text]
    solve_id: str | None
    also_changed: list[str]
    version: int
