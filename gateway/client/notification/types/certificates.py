"""Certificates: objects of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.notification.types.parts import Text


class Certificate(TypedDict):
    """A certificate in the register. It names no person: its PDF does, and each look at that is audited."""

    certificate_id: str
    serial: str
    issued_on: str
    term_id: str
    unit_id: str
    nomination_id: str
    hours: int
    state: Literal["registered", "issued", "unprintable", "revoked"]
    problem: Text | None
    replaces: str | None
    replaced_by: str | None
    revoked_at: str | None
    revoked_by: str | None
    reason_code: str | None
    reason: str | None
    sha256: str | None
    size: int | None
    version: int


class CertificateIssuing(TypedDict):
    """What was done; all zero when the certificates at hand are right already."""

    term_id: str
    issued: int
    replaced: int
    revoked: int
    unprintable: int


class CertificateKey(TypedDict):
    """A key that verifies: Ed25519, 32 bytes in base64url."""

    key_id: str
    algorithm: str
    key: str


class CertificateKeys(TypedDict):
    """Every key that certificates in circulation are signed with, the present one first."""

    items: list[CertificateKey]


class CertificatePage(TypedDict):
    """One page of Certificate."""

    items: list[Certificate]
    next_cursor: NotRequired[str | None]


class CertificateShown(TypedDict):
    """What a certificate says to somebody who holds it; the name is masked."""

    serial: str
    name_masked: str
    programme_title: str
    ordinal: int
    starts_on: str
    ends_on: str
    days: int
    hours: int
    issuer: str
    issued_on: str


class CertificateVerdict(TypedDict):
    """Whether it holds. ``not_genuine``: we did not sign it so; ``unknown``: no such serial and code."""

    verdict: Literal["valid", "revoked", "not_genuine", "unknown"]
    said: Text
    certificate: CertificateShown | None
    revoked_on: str | None
    replaced: bool


class CertificatesSummary(TypedDict):
    """Certificates by state; ``issued`` are those that hold."""

    registered: NotRequired[int]
    issued: NotRequired[int]
    unprintable: NotRequired[int]
    revoked: NotRequired[int]
    replaced: NotRequired[int]
