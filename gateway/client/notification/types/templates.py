"""Templates: objects of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, TypedDict


class Placeholder(TypedDict):
    """A placeholder that a wording may use, and what stands there."""

    name: str
    meaning: str
    required: bool


class Preview(TypedDict):
    """How a message would read."""

    subject: str
    body: str
    short: str


class Rule(TypedDict):
    """Which event becomes which message for whom, how urgent, and when it is reminded of."""

    key: str
    event: str
    audience: str
    template: str
    due: str | None
    enabled: bool
    urgent: bool
    remind: list[int] | None
    overdue: str | None
    phone: str | None
    version: int


class Rules(TypedDict):
    """The whole table."""

    items: list[Rule]


class Template(TypedDict):
    """A wording with its placeholders; ``holds`` is the number of the version in use."""

    key: str
    title: str
    placeholders: list[Placeholder]
    holds: int
    versions: list[TemplateVersion]
    version: int


class TemplateLine(TypedDict):
    """A wording in the list of all."""

    key: str
    title: str
    holds: int
    drafts: int


class TemplateList(TypedDict):
    """Every wording."""

    items: list[TemplateLine]


class TemplateVersion(TypedDict):
    """One version of a wording. Number 0 is built in."""

    number: int
    state: Literal["built_in", "draft", "approved", "retired"]
    subject: str
    body: str
    short: str
    drafted_by: str | None
    drafted_at: str | None
    approved_by: str | None
    approved_at: str | None
