"""Phone tasks: objects of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.notification.types.parts import Text


class Call(TypedDict):
    """One call that was made."""

    at: str
    by: str
    outcome: Literal["reached", "no_answer", "wrong_number", "will_call_back", "unreachable"]
    note: str


class PhoneTask(TypedDict):
    """Somebody has to be rung. ``cause_id`` names the dispatch, letter or deadline behind it."""

    task_id: str
    office: Literal["organisation_department", "party_school"]
    recipient: str
    unit_id: str | None
    term_id: str | None
    cause: Literal["message", "acknowledgement", "delivery", "overdue"]
    cause_id: str
    subject: Text
    urgent: bool
    due_on: str
    state: Literal["open", "assigned", "done", "cancelled"]
    assignee: str | None
    calls: list[Call]
    opened_at: str
    version: int


class PhoneTaskPage(TypedDict):
    """One page of PhoneTask."""

    items: list[PhoneTask]
    next_cursor: NotRequired[str | None]


class PhoneTaskSheet(TypedDict):
    """A phone task with what the caller needs: whom, which numbers, and what to say. Each look is audited."""

    task_id: str
    office: Literal["organisation_department", "party_school"]
    recipient: str
    unit_id: str | None
    term_id: str | None
    cause: Literal["message", "acknowledgement", "delivery", "overdue"]
    cause_id: str
    subject: Text
    urgent: bool
    due_on: str
    state: Literal["open", "assigned", "done", "cancelled"]
    assignee: str | None
    calls: list[Call]
    opened_at: str
    version: int
    person: str
    numbers: list[str]
    words: str
