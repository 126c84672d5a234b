"""Accounts of the console, run by the security administrator."""

from __future__ import annotations

from typing import Any

from gateway.administration.grants import require_grant, require_no_way_round
from gateway.auth.passwords import hash_password
from gateway.auth.sessions import Sessions
from gateway.store import ACCOUNTS
from shared.clock import Clock
from shared.context import Context
from shared.errors import Conflict, Forbidden
from shared.identifiers import new_id
from shared.storage import Store, Transaction

WITHOUT_TOTP = {"totp_secret": None, "totp_pending": None, "totp_on": False}


class AccountOperations:
    """The operations on accounts."""

    def __init__(self, store: Store, clock: Clock, sessions: Sessions) -> None:
        self._store, self._clock, self._sessions = store, clock, sessions

    def create_account(self, context: Context, request: dict[str, Any]) -> dict[str, Any]:
        """Make an account. Raises ``Conflict`` for a name already taken."""
        require_grant(context.caller, request["units"])
        require_no_way_round(context.caller, request["roles"])
        hashed = hash_password(request["password"])

        def body(tx: Transaction) -> dict[str, Any]:
            if tx.rows(ACCOUNTS).one({"username": request["username"]}) is not None:
                raise Conflict(
                    f"账号名“{request['username']}”已被使用，请换一个",
                    f"the name {request['username']!r} is taken; choose another one",
                    username=request["username"],
                )
            row = new_account(request, hashed, self._clock)
            tx.rows(ACCOUNTS).insert(row)
            return {"account_id": row["_id"]}

        made = self._store.transact(context, body, operation="create_account", request=request)
        return self._shown(context, made["account_id"])

    def list_accounts(self, context: Context, request: dict[str, Any]) -> dict[str, Any]:
        """Return the accounts whose every unit the caller reaches."""
        rows, cursor = self._store.view(context).rows(ACCOUNTS).page({}, request.get("cursor"), request["limit"])
        shown = [shown_account(row) for row in rows if all(context.caller.reaches(unit) for unit in row["units"])]
        return {"items": shown, "next_cursor": cursor}

    def get_account(self, context: Context, request: dict[str, Any]) -> dict[str, Any]:
        """Return one account."""
        row = self._store.view(context).rows(ACCOUNTS).get(request["account_id"])
        require_grant(context.caller, row["units"])
        return shown_account(row)

    def change_account(self, context: Context, request: dict[str, Any]) -> dict[str, Any]:
        """Change title, roles, units or state. Nobody changes his own; a disabled account's sessions end."""
        self._refuse_own(context, request)
        require_grant(context.caller, request.get("units", ()))
        require_no_way_round(context.caller, request.get("roles", ()))

        def body(tx: Transaction) -> dict[str, Any]:
            row = tx.rows(ACCOUNTS).get(request["account_id"])
            require_grant(context.caller, row["units"])
            require_no_way_round(context.caller, row["roles"])
            changes = {name: value for name, value in request.items() if name != "account_id"}
            tx.rows(ACCOUNTS).save({**row, **changes})
            if changes.get("disabled"):
                self._sessions.end_all(tx, row["_id"])
            return {}

        self._store.transact(context, body, operation="change_account", request=request)
        return self._shown(context, request["account_id"])

    def set_password(self, context: Context, request: dict[str, Any]) -> dict[str, Any]:
        """Set another's password and end his sessions; turn one-time codes off when asked, which is audited."""
        self._refuse_own(context, request)
        hashed = hash_password(request["password"])

        def body(tx: Transaction) -> dict[str, Any]:
            row = tx.rows(ACCOUNTS).get(request["account_id"])
            require_grant(context.caller, row["units"])
            require_no_way_round(context.caller, row["roles"])
            row = {**row, "password_hash": hashed, "failures": 0, "locked_until": None}
            if request["remove_totp"]:
                row = {**row, **WITHOUT_TOTP}
                tx.note(f"{ACCOUNTS.name}/{row['_id']}", "one-time codes turned off")
            tx.rows(ACCOUNTS).save(row)
            self._sessions.end_all(tx, row["_id"])
            return {}

        self._store.transact(context, body, operation="set_password", request=request)
        return {}

    def unlock_account(self, context: Context, request: dict[str, Any]) -> dict[str, Any]:
        """Lift the lock that wrong passwords put on an account."""

        def body(tx: Transaction) -> dict[str, Any]:
            row = tx.rows(ACCOUNTS).get(request["account_id"])
            require_grant(context.caller, row["units"])
            tx.rows(ACCOUNTS).save({**row, "failures": 0, "locked_until": None})
            return {}

        self._store.transact(context, body, operation="unlock_account", request=request)
        return self._shown(context, request["account_id"])

    def _refuse_own(self, context: Context, request: dict[str, Any]) -> None:
        if request["account_id"] == context.caller.subject:
            raise Forbidden(
                "不能调整本人的账号，请由另一位安全管理员办理",
                "nobody changes his own account; ask another security administrator",
            )

    def _shown(self, context: Context, account_id: str) -> dict[str, Any]:
        return shown_account(self._store.view(context).rows(ACCOUNTS).get(account_id))


def new_account(request: dict[str, Any], hashed: str, clock: Clock) -> dict[str, Any]:
    """Return the row of a new account."""
    return {
        "_id": new_id("acct"),
        "username": request["username"],
        "title": request["title"],
        "password_hash": hashed,
        "roles": sorted(set(request["roles"])),
        "units": list(request["units"]),
        "failures": 0,
        "locked_until": None,
        "disabled": False,
        "totp_on": False,
        "totp_step": None,
        "last_login_at": None,
        "created_at": clock.now(),
    }


def shown_account(row: dict[str, Any]) -> dict[str, Any]:
    """Return what may be seen of an account."""
    return {**row, "account_id": row["_id"], "totp": row["totp_on"]}
