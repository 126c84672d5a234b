"""Incidents: objects of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.compliance.types.parts import Text


class Incident(TypedDict):
    """One file without its narrative; ``may_follow`` are the steps that may follow from its kind."""

    incident_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    kind: str
    kind_words: Text
    occurred_on: str
    state: Literal["open", "sanctioned", "dismissed"]
    sanctions: list[Sanction]
    may_follow: list[str]
    source: str
    opened_at: str
    opened_by: str
    dismissed_for: str | None
    version: int


class IncidentPage(TypedDict):
    """One page of Incident."""

    items: list[Incident]
    next_cursor: NotRequired[str | None]


class Narrative(TypedDict):
    """What happened, in words; opening it is audited."""

    incident_id: str
    narrative: str


class Objection(TypedDict):
    """An objection and its answer. It is internal: no appeal (申诉) under the Civil Servant Law."""

    objection_id: str
    incident_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    step: str
    state: Literal["open", "upheld", "reduced", "revoked"]
    filed_at: str
    approver: str | None
    answer: str | None
    decided_at: str | None
    version: int


class ObjectionPage(TypedDict):
    """One page of Objection."""

    items: list[Objection]
    next_cursor: NotRequired[str | None]


class ObjectionText(TypedDict):
    """What somebody said against a measure; opening it is audited."""

    objection_id: str
    objection: str


class Sanction(TypedDict):
    """One measure."""

    step: str
    words: Text
    approver: str
    reason: str
    by: str
    at: str
    revoked: bool
