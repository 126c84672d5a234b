"""The first accounts and keys, made from inside: by ``diaoxun`` on the operator's machine and by the embedded stack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from gateway.administration.accounts import new_account
from gateway.auth.key_format import new_key
from gateway.auth.keys import PURPOSE
from gateway.auth.passwords import hash_password
from gateway.auth.pepper import Pepper
from gateway.store import ACCOUNTS, ITSELF, KEYS
from shared.clock import Clock
from shared.security.caller import WHOLE_CITY, Role
from shared.storage import Store, Transaction


def ensure_account(
    store: Store,
    clock: Clock,
    username: str,
    password: str,
    title: str,
    roles: Sequence[Role],
    units: Sequence[str] = (WHOLE_CITY,),
) -> str:
    """Return the id of the account of that name; make it when there is none, else leave it as it is."""
    hashed = hash_password(password)
    wanted = {"username": username, "title": title, "roles": [role.value for role in roles], "units": list(units)}

    def body(tx: Transaction) -> dict[str, Any]:
        row = tx.rows(ACCOUNTS).one({"username": username})
        if row is None:
            row = new_account(wanted, hashed, clock)
            tx.rows(ACCOUNTS).insert(row)
        return {"account_id": row["_id"]}

    account_id: str = store.transact(ITSELF, body, operation="ensure_account", request=wanted)["account_id"]
    return account_id


def ensure_first_administrator(store: Store, clock: Clock, password: str, username: str = "admin") -> str:
    """Return the id of the security administrator from whom every other account and key comes."""
    return ensure_account(store, clock, username, password, "安全管理员", [Role.SECURITY_ADMIN])


def issue_key(
    store: Store,
    clock: Clock,
    secrets: tuple[str, ...],
    label: str,
    roles: Sequence[Role],
    units: Sequence[str] = (WHOLE_CITY,),
    scopes: Sequence[str] | None = None,
    expires_at: datetime | None = None,
) -> str:
    """Make a key and return its text, shown this once. Without ``expires_at`` it holds for 90 days."""
    key = new_key()
    now = clock.now()
    row = {
        "_id": key.key_id,
        "digest": Pepper(secrets).digest(PURPOSE, key.secret),
        "label": label,
        "roles": [role.value for role in roles],
        "units": list(units),
        "scopes": None if scopes is None else list(scopes),
        "created_by": ITSELF.caller.subject,
        "created_at": now,
        "expires_at": expires_at or now + timedelta(days=90),
        "revoked_at": None,
        "last_used_at": None,
    }

    def body(tx: Transaction) -> dict[str, Any]:
        tx.rows(KEYS).insert(row)
        return {}

    store.transact(ITSELF, body, operation="issue_key", request={"label": label})
    return str(key)
