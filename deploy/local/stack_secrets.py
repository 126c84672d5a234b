"""The secrets of one embedded stack: made once, at random, and kept where only its owner can read them."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from shared.security.fields import Keyring
from shared.security.signing import SigningKeys


@dataclass(frozen=True)
class StackSecrets:
    """What signs callers and certificates, seals personal fields, the driver's key, the accounts' passwords."""

    caller_secret: str
    field_keys: str
    api_key: str = ""
    passwords: dict[str, str] = field(default_factory=dict)
    signing_keys: str = ""


def load_or_make(path: Path) -> StackSecrets:
    """Return the secrets kept in ``path``, making them on first use."""
    if path.exists():
        kept = StackSecrets(**json.loads(path.read_text(encoding="utf-8")))
        if kept.signing_keys:
            return kept
        made = replace(kept, signing_keys=_first_signing_key())
    else:
        made = StackSecrets(
            caller_secret=secrets.token_urlsafe(48),
            field_keys=f"k1:{Keyring.new_key()}",
            signing_keys=_first_signing_key(),
        )
    save(path, made)
    return made


def _first_signing_key() -> str:
    return f"c1:{SigningKeys.new_key()}"


def save(path: Path, kept: StackSecrets) -> None:
    """Keep secrets: whole or not at all, readable by the owner only."""
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(kept), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def with_password(kept: StackSecrets, username: str) -> StackSecrets:
    """Return the secrets with a password for an account, made if there is none."""
    if username in kept.passwords:
        return kept
    return replace(kept, passwords={**kept.passwords, username: secrets.token_urlsafe(9)})
