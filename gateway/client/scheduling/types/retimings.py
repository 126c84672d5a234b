"""Retimings: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.scheduling.types.parts import Text
from gateway.client.scheduling.types.placements import Cause


class Consequence(TypedDict):
    """One kind of thing that follows, with how many there are."""

    key: str
    count: int
    words: Text


class HomelessTerm(TypedDict):
    """A term that finds no place, and why."""

    term_id: str
    label: Text
    reasons: list[Cause]


class LecturerConcerned(TypedDict):
    """A lecturer who has to confirm again, or (``open``) cannot come and has to be replaced."""

    lecturer_id: str
    name: str
    state: Literal["reconfirm", "open", "released"]


class NewBlackout(TypedDict):
    """A closed period that is the cause: set together with the retiming, it also keeps others out."""

    blackout_id: str
    title: str
    starts_on: str
    ends_on: str
    districts: NotRequired[list[str]]
    campus_ids: NotRequired[list[str]]


class RetimedRow(TypedDict):
    """What becomes of one term; ``after`` is null for one that is cancelled."""

    term_id: str
    label: Text
    outcome: Literal["moved", "cancelled", "online"]
    before: TermPlace
    after: TermPlace | None
    admitted: int
    unit_ids: list[str]
    replacement_deadline_before: str | None
    replacement_deadline_after: str | None
    sessions_changed: int
    lecturers: list[LecturerConcerned]
    breaches: list[Text]


class Retiming(TypedDict):
    """A retiming with everything it does; ``failure`` says why it was taken back."""

    retiming_id: str
    plan_id: str
    reason_code: str
    reason: str
    state: Literal["running", "done", "refused"]
    terms: int
    asked_at: str
    asked_by: str
    announced_at: str | None
    rows: list[RetimedRow]
    consequences: list[Consequence]
    failure: Text | None
    steps: list[RetimingStep]
    version: int


class RetimingPreview(TypedDict):
    """The whole cascade; nothing was done. ``digest`` goes into ``retime_terms``, if ``can_proceed``."""

    digest: str
    can_proceed: bool
    terms: list[RetimedRow]
    homeless: list[HomelessTerm]
    begun: list[str]
    consequences: list[Consequence]


class RetimingRow(TypedDict):
    """A retiming in a list."""

    retiming_id: str
    plan_id: str
    reason_code: str
    reason: str
    state: Literal["running", "done", "refused"]
    terms: int
    asked_at: str
    asked_by: str
    announced_at: str | None


class RetimingRowPage(TypedDict):
    """One page of RetimingRow."""

    items: list[RetimingRow]
    next_cursor: NotRequired[str | None]


class RetimingStep(TypedDict):
    """A step that was taken, or taken back."""

    step: str
    way: str
    at: str


class TermOutcome(TypedDict):
    """What is meant for one term: otherwise it is moved to the nearest place. A day, a room or both may be given."""

    term_id: str
    outcome: NotRequired[Literal["moved", "cancelled", "online"]]
    starts_on: NotRequired[str | None]
    room_id: NotRequired[str | None]


class TermPlace(TypedDict):
    """Where a term lies."""

    starts_on: str
    ends_on: str
    reports_on: str
    room_id: str
    room_title: str
