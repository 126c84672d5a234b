"""A completion certificate (结业证书): what it says, its life, and the code to check it by hand."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

CertificateState = Literal["registered", "issued", "unprintable", "revoked"]
STATES: tuple[CertificateState, ...] = ("registered", "issued", "unprintable", "revoked")
NOT_COMPLETED, REPLACED = "not_completed", "replaced"
PERSON_REASONS = ("issued_in_error", "misconduct", "other")
"""Why somebody may take a certificate back; the other two reasons follow from what happened."""
REASONS = (*PERSON_REASONS, NOT_COMPLETED, REPLACED)
_DAYS = ("starts_on", "ends_on")


class CertificateClosed(Exception):
    """The certificate was revoked before."""


@dataclass(frozen=True)
class CertificateFacts:
    """What a certificate says, apart from its serial and date; hours are class hours (学时) attended."""

    name: str
    sex: str
    programme_title: str
    ordinal: int
    starts_on: date
    ends_on: date
    days: int
    hours: int
    issuer: str

    def digest(self) -> str:
        """Return a digest that changes when a new certificate is due; another name of the issuer is no reason."""
        plain = {name: value for name, value in self.to_json().items() if name != "issuer"}
        return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON; ``from_json`` reads it back."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), default=date.isoformat))
        return plain

    @staticmethod
    def from_json(plain: Mapping[str, Any]) -> CertificateFacts:
        """Return the facts that ``to_json`` wrote."""
        return CertificateFacts(**{**plain, **{name: date.fromisoformat(plain[name]) for name in _DAYS}})

    def claims(self, serial: str, issued_on: date) -> dict[str, Any]:
        """Return what is signed: all that is printed, so that a print can be held against it without us."""
        return {"serial": serial, **self.to_json(), "issued_on": issued_on.isoformat()}


@dataclass(frozen=True)
class Certificate:
    """Where one certificate stands; its serial is never given out again."""

    state: CertificateState = "registered"
    problem: dict[str, str] | None = None
    revoked_at: datetime | None = None
    revoked_by: str | None = None
    reason_code: str | None = None
    reason: str | None = None
    replaced_by: str | None = None

    @property
    def current(self) -> bool:
        """Whether it still holds, printed or not."""
        return self.state != "revoked"

    def printed(self) -> Certificate:
        """Return it once its PDF is stored; revoked stays revoked."""
        return replace(self, state="issued", problem=None) if self.current else self

    def not_printable(self, problem: dict[str, str]) -> Certificate:
        """Return it with what kept it from being printed, in both languages."""
        return replace(self, state="unprintable", problem=problem) if self.current else self

    def print_again(self) -> Certificate:
        """Return an unprintable one ready for another try."""
        return replace(self, state="registered", problem=None) if self.state == "unprintable" else self

    def revoke(self, code: str, reason: str, by: str, at: datetime, replaced_by: str | None = None) -> Certificate:
        """Return it revoked. Raises ``CertificateClosed``."""
        if not self.current:
            raise CertificateClosed
        return replace(
            self, state="revoked", problem=None, revoked_at=at, revoked_by=by, reason_code=code, reason=reason,
            replaced_by=replaced_by,
        )  # fmt: skip


def check_code(signed: str) -> str:
    """Return eight characters to type by hand with the serial, where no camera is at hand; 40 bits of the signature."""
    digest = hashlib.sha256(signed.rpartition(".")[2].encode()).digest()
    code = base64.b32encode(digest[:5]).decode()
    return f"{code[:4]}-{code[4:]}"


def same_code(given: str, code: str) -> bool:
    """Return whether somebody typed that code, with or without its hyphen, in capitals or not."""
    return "".join(char for char in given.upper() if char.isalnum()) == code.replace("-", "")
