"""Health: objects of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.compliance.types.parts import Text


class Check(TypedDict):
    """One thing looked at, and whether it holds."""

    what: Text
    holds: bool


class HealthConsent(TypedDict):
    """The text in force, with where it comes from."""

    text: Text
    keep_days: int
    source: str
    basis: str


class HealthContent(TypedDict):
    """What somebody declared, or what a check found."""

    declaration_id: str
    fit: NotRequired[bool | None]
    symptoms: NotRequired[bool | None]
    contact: NotRequired[bool | None]
    code: NotRequired[str | None]
    verified_at: NotRequired[str | None]


class HealthDeclaration(TypedDict):
    """That there is a declaration, on which basis and until when; never what it says."""

    declaration_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    kind: Literal["declared", "checked"]
    purpose: str
    basis: str
    basis_document: str
    consented_at: str | None
    declared_at: str
    delete_by: str
    version: int


class HealthDeclarationPage(TypedDict):
    """One page of HealthDeclaration."""

    items: list[HealthDeclaration]
    next_cursor: NotRequired[str | None]


class HealthPurge(TypedDict):
    """A proof: how many were deleted and the digest of their identifiers; ``seal`` binds it to the proof before."""

    proof_id: str
    number: int
    term_id: str
    cause: Literal["expired", "consent_withdrawn"]
    count: int
    digest: str
    seal: str
    purged_at: str


class HealthPurgePage(TypedDict):
    """One page of HealthPurge."""

    items: list[HealthPurge]
    next_cursor: NotRequired[str | None]


class OwnHealth(TypedDict):
    """One's own declaration with what it says."""

    declaration_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    kind: Literal["declared", "checked"]
    purpose: str
    basis: str
    basis_document: str
    consented_at: str | None
    declared_at: str
    delete_by: str
    version: int
    content: HealthContent


class OwnHealthList(TypedDict):
    """Everything of one's own that is kept."""

    items: list[OwnHealth]


class PurgeVerdict(TypedDict):
    """Whether a proof holds: its digest, its seal and the one before, and that nothing is left."""

    proof_id: str
    holds: bool
    checks: list[Check]
