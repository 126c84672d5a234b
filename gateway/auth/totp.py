"""One-time codes (RFC 6238): thirty seconds, one step of tolerance, each code good once."""

from __future__ import annotations

from datetime import datetime

import pyotp

_STEP_SECONDS = 30


def new_secret() -> str:
    """Return a fresh secret in base 32."""
    return pyotp.random_base32()


def provisioning_uri(secret: str, username: str) -> str:
    """Return the ``otpauth:`` address an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name="Diaoxun 调训")


def accepted_step(secret: str, code: str, now: datetime, last_step: int | None) -> int | None:
    """Return the time step whose code this is, ``None`` for a wrong code or one of a step already used."""
    present = int(now.timestamp()) // _STEP_SECONDS
    for step in (present, present - 1, present + 1):
        if pyotp.TOTP(secret).generate_otp(step) == code and (last_step is None or step > last_step):
            return step
    return None
