"""Issuing, listing and revoking API keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from gateway.administration.grants import require_grant, require_scopes
from gateway.auth.key_format import new_key
from gateway.auth.keys import PURPOSE, KeyCheck
from gateway.auth.pepper import Pepper
from gateway.store import KEYS
from shared.clock import Clock
from shared.context import Context
from shared.errors import Invalid
from shared.storage import Store, Transaction

LONGEST_DAYS = 400


class KeyOperations:
    """The operations on API keys."""

    def __init__(self, store: Store, clock: Clock, pepper: Pepper, check: KeyCheck) -> None:
        self._store, self._clock, self._pepper, self._check = store, clock, pepper, check

    def issue_key(self, context: Context, request: dict[str, Any]) -> dict[str, Any]:
        """Make a key; its text is in this reply and nowhere else."""
        require_grant(context.caller, request["units"])
        require_scopes(context.caller, request["scopes"])
        now = self._clock.now()
        if not now < request["expires_at"] <= now + timedelta(days=LONGEST_DAYS):
            raise Invalid(
                f"expires_at 应在此刻之后、{LONGEST_DAYS} 天之内，收到的是 {request['expires_at'].isoformat()}",
                f"expires_at has to lie within {LONGEST_DAYS} days from now, got {request['expires_at'].isoformat()}",
                fields={"expires_at": ["out of range"]},
            )
        key = new_key()

        def body(tx: Transaction) -> dict[str, Any]:
            row = {
                "_id": key.key_id,
                "digest": self._pepper.digest(PURPOSE, key.secret),
                "label": request["label"],
                "roles": sorted(set(request["roles"])),
                "units": request["units"],
                "scopes": request["scopes"],
                "created_by": context.caller.subject,
                "created_at": now,
                "expires_at": request["expires_at"],
                "revoked_at": None,
                "last_used_at": None,
            }
            tx.rows(KEYS).insert(row)
            return {"key_id": key.key_id}

        plain = {name: value for name, value in request.items() if name != "expires_at"}
        plain["expires_at"] = request["expires_at"].isoformat()
        made = self._store.transact(context, body, operation="issue_key", request=plain)
        row = self._store.view(context).rows(KEYS).get(made["key_id"])
        return {**_shown(row), "key": str(key) if made["key_id"] == key.key_id else None}

    def list_keys(self, context: Context, request: dict[str, Any]) -> dict[str, Any]:
        """Return the keys whose every unit the caller reaches."""
        rows, cursor = self._store.view(context).rows(KEYS).page({}, request.get("cursor"), request["limit"])
        shown = [_shown(row) for row in rows if all(context.caller.reaches(unit) for unit in row["units"])]
        return {"items": shown, "next_cursor": cursor}

    def revoke_key(self, context: Context, request: dict[str, Any]) -> dict[str, Any]:
        """End a key for good; revoking again changes nothing."""

        def body(tx: Transaction) -> dict[str, Any]:
            row = tx.rows(KEYS).get(request["key_id"])
            require_grant(context.caller, row["units"])
            if row["revoked_at"] is None:
                tx.rows(KEYS).save({**row, "revoked_at": self._clock.now()})
            return {}

        self._store.transact(replace(context, expected_version=None), body, operation="revoke_key", request=request)
        self._check.forget(request["key_id"])
        return _shown(self._store.view(context).rows(KEYS).get(request["key_id"]))


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "key_id": row["_id"]}
