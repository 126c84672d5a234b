"""Closing: objects of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from gateway.client.compliance.types.parts import Text


class ArchiveVerdict(TypedDict):
    """Whether the archive is the one that was sealed."""

    archive_id: str
    holds: bool
    sha256: str
    findings: list[Finding]


class ArchivedFile(TypedDict):
    """One file of the archive."""

    path: str
    item: str | None
    media_type: str
    size: int
    sha256: str


class Blocker(TypedDict):
    """One thing that is not settled."""

    code: str
    words: Text
    count: int


class Checklist(TypedDict):
    """What closing would find now."""

    term_id: str
    ready: bool
    blockers: list[Blocker]
    lines: list[ChecklistLine]
    source: str
    basis: str


class ChecklistLine(TypedDict):
    """One line of the checklist: ``present``, ``missing``, or ``unknown`` while the service does not answer."""

    item: str
    title: Text
    service: str
    needed: bool
    state: Literal["present", "missing", "unknown"]
    files: int


class Closing(TypedDict):
    """Where the closing of a term stands; ``missing`` and ``refusal`` say why it was refused."""

    term_id: str
    state: Literal["open", "closing", "refused", "closed", "reopened"]
    step: str | None
    missing: list[MissingFile]
    refusal: Text | None
    edition: int
    archive_id: str | None
    sha256: str | None
    size: int | None
    files: list[ArchivedFile]
    retention: Retention | None
    closed_at: str | None
    approver: str | None
    reopenings: list[Reopening]
    version: int


class Finding(TypedDict):
    """One file held against the manifest."""

    path: str
    holds: bool


class MissingFile(TypedDict):
    """A required line of the checklist without a file."""

    item: str
    title: Text
    service: str


class Reopening(TypedDict):
    """When a closed term was opened again, and why."""

    at: str
    approver: str
    reason: str


class Retention(TypedDict):
    """How long the archive is kept; ``basis`` is ``unverified`` as long as nobody gave the archive table's class."""

    keep: str
    source: str
    basis: str
