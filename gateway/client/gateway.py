"""Client of Gateway: sessions, accounts, keys and events (网关：登录、账号、密钥与事件).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, Literal

from gateway.client import gateway_types as types
from gateway.client.wire import UNSET, Unset, Wire, given


class Gateway:
    """网关：登录、账号、密钥与事件 / Gateway: sessions, accounts, keys and events."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def open_session(
        self, *, username: str, password: str, code: str | Unset = UNSET, idempotency_key: str | None = None
    ) -> types.Session:
        """登录控制台 / Log in to the console."""
        reply: types.Session = self._wire.send(
            "POST", "/session", given(username=username, password=password, code=code), idempotency_key=idempotency_key
        )
        return reply

    def get_session(self) -> types.Session:
        """查看当前登录 / See who is logged in."""
        reply: types.Session = self._wire.send("GET", "/session", given())
        return reply

    def close_session(self, *, idempotency_key: str | None = None) -> dict[str, Any]:
        """退出登录 / Log out."""
        reply: dict[str, Any] = self._wire.send("DELETE", "/session", given(), idempotency_key=idempotency_key)
        return reply

    def change_password(self, *, old: str, new: str, idempotency_key: str | None = None) -> dict[str, Any]:
        """修改本人密码 / Change one's own password."""
        reply: dict[str, Any] = self._wire.send(
            "PUT", "/session/password", given(old=old, new=new), idempotency_key=idempotency_key
        )
        return reply

    def begin_totp(self, *, idempotency_key: str | None = None) -> types.TotpSecret:
        """申请动态口令 / Ask for a one-time-code secret."""
        reply: types.TotpSecret = self._wire.send("POST", "/session/totp", given(), idempotency_key=idempotency_key)
        return reply

    def confirm_totp(self, *, code: str, idempotency_key: str | None = None) -> dict[str, Any]:
        """启用动态口令 / Turn one-time codes on."""
        reply: dict[str, Any] = self._wire.send(
            "PUT", "/session/totp", given(code=code), idempotency_key=idempotency_key
        )
        return reply

    def remove_totp(self, *, password: str, idempotency_key: str | None = None) -> dict[str, Any]:
        """停用动态口令 / Turn one-time codes off."""
        reply: dict[str, Any] = self._wire.send(
            "POST", "/session/totp/removal", given(password=password), idempotency_key=idempotency_key
        )
        return reply

    def issue_key(
        self,
        *,
        label: str,
        roles: list[
            Literal[
                "audit_admin",
                "auditor",
                "lecturer",
                "operator",
                "organisation_department",
                "party_school",
                "security_admin",
                "system_admin",
                "trainee",
                "unit",
            ]
        ],
        units: list[str],
        scopes: list[str] | None,
        expires_at: str,
        idempotency_key: str | None = None,
    ) -> types.IssuedKey:
        """签发接口密钥 / Issue an API key."""
        reply: types.IssuedKey = self._wire.send(
            "POST",
            "/keys",
            given(label=label, roles=roles, units=units, scopes=scopes, expires_at=expires_at),
            idempotency_key=idempotency_key,
        )
        return reply

    def list_keys(self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET) -> types.KeyPage:
        """列出接口密钥 / List API keys."""
        reply: types.KeyPage = self._wire.send("GET", "/keys", given(cursor=cursor, limit=limit))
        return reply

    def revoke_key(self, *, key_id: str, idempotency_key: str | None = None) -> types.Key:
        """吊销接口密钥 / Revoke an API key."""
        reply: types.Key = self._wire.send(
            "DELETE", "/keys/{key_id}", given(key_id=key_id), idempotency_key=idempotency_key
        )
        return reply

    def create_account(
        self,
        *,
        username: str,
        title: str,
        password: str,
        roles: list[
            Literal[
                "audit_admin",
                "auditor",
                "lecturer",
                "operator",
                "organisation_department",
                "party_school",
                "security_admin",
                "system_admin",
                "trainee",
                "unit",
            ]
        ],
        units: list[str],
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Account:
        """新建账号 / Create an account."""
        reply: types.Account = self._wire.send(
            "POST",
            "/accounts",
            given(username=username, title=title, password=password, roles=roles, units=units),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return reply

    def list_accounts(self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET) -> types.AccountPage:
        """列出账号 / List accounts."""
        reply: types.AccountPage = self._wire.send("GET", "/accounts", given(cursor=cursor, limit=limit))
        return reply

    def get_account(self, *, account_id: str) -> types.Account:
        """查看账号 / See an account."""
        reply: types.Account = self._wire.send("GET", "/accounts/{account_id}", given(account_id=account_id))
        return reply

    def change_account(
        self,
        *,
        account_id: str,
        title: str | Unset = UNSET,
        roles: list[
            Literal[
                "audit_admin",
                "auditor",
                "lecturer",
                "operator",
                "organisation_department",
                "party_school",
                "security_admin",
                "system_admin",
                "trainee",
                "unit",
            ]
        ]
        | Unset = UNSET,
        units: list[str] | Unset = UNSET,
        disabled: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Account:
        """调整账号的角色、单位或状态 / Change an account's roles, units or state."""
        reply: types.Account = self._wire.send(
            "PATCH",
            "/accounts/{account_id}",
            given(account_id=account_id, title=title, roles=roles, units=units, disabled=disabled),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return reply

    def set_password(self, *, account_id: str, password: str, idempotency_key: str | None = None) -> dict[str, Any]:
        """重置账号密码 / Set an account's password."""
        reply: dict[str, Any] = self._wire.send(
            "PUT",
            "/accounts/{account_id}/password",
            given(account_id=account_id, password=password),
            idempotency_key=idempotency_key,
        )
        return reply

    def unlock_account(
        self, *, account_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Account:
        """解除账号锁定 / Unlock an account."""
        reply: types.Account = self._wire.send(
            "DELETE",
            "/accounts/{account_id}/lock",
            given(account_id=account_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return reply

    def list_events(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        since: int | Unset = UNSET,
        newest: bool | Unset = UNSET,
        type: list[str] | Unset = UNSET,
    ) -> types.LoggedEventPage:
        """查询近期事件 / Read recent events."""
        reply: types.LoggedEventPage = self._wire.send(
            "GET", "/event-log", given(cursor=cursor, limit=limit, since=since, newest=newest, type=type)
        )
        return reply
