"""Schemas of Gateway: sessions, accounts, keys and events (网关：登录、账号、密钥与事件).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.gateway.types.schemas import (
    Account,
    AccountPage,
    IssuedKey,
    IssuedPersonalLink,
    Key,
    KeyPage,
    Session,
    TotpSecret,
)
from gateway.client.wire import UNSET, Caller, Unset, given


class SchemasCalls(Caller):
    """网关：登录、账号、密钥与事件 / Gateway: sessions, accounts, keys and events: schemas."""

    def open_session(
        self, *, username: str, password: str, code: str | Unset = UNSET, idempotency_key: str | None = None
    ) -> Session:
        """登录控制台 / Log in to the console."""
        return self._wire.send(
            Session,
            "POST",
            "/session",
            given(username=username, password=password, code=code),
            idempotency_key=idempotency_key,
        )

    def get_session(self) -> Session:
        """查看当前登录 / See who is logged in."""
        return self._wire.send(Session, "GET", "/session", given())

    def change_password(self, *, old: str, new: str, idempotency_key: str | None = None) -> None:
        """修改本人密码 / Change one's own password."""
        self._wire.run("PUT", "/session/password", given(old=old, new=new), idempotency_key=idempotency_key)

    def begin_totp(self, *, idempotency_key: str | None = None) -> TotpSecret:
        """申请动态口令 / Ask for a one-time-code secret."""
        return self._wire.send(TotpSecret, "POST", "/session/totp", given(), idempotency_key=idempotency_key)

    def confirm_totp(self, *, code: str, idempotency_key: str | None = None) -> None:
        """启用动态口令 / Turn one-time codes on."""
        self._wire.run("PUT", "/session/totp", given(code=code), idempotency_key=idempotency_key)

    def remove_totp(self, *, password: str, idempotency_key: str | None = None) -> None:
        """停用动态口令 / Turn one-time codes off."""
        self._wire.run("POST", "/session/totp/removal", given(password=password), idempotency_key=idempotency_key)

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
    ) -> IssuedKey:
        """签发接口密钥 / Issue an API key."""
        return self._wire.send(
            IssuedKey,
            "POST",
            "/keys",
            given(label=label, roles=roles, units=units, scopes=scopes, expires_at=expires_at),
            idempotency_key=idempotency_key,
        )

    def list_keys(self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET) -> KeyPage:
        """列出接口密钥 / List API keys."""
        return self._wire.send(KeyPage, "GET", "/keys", given(cursor=cursor, limit=limit))

    def revoke_key(self, *, key_id: str, idempotency_key: str | None = None) -> Key:
        """吊销接口密钥 / Revoke an API key."""
        return self._wire.send(Key, "DELETE", "/keys/{key_id}", given(key_id=key_id), idempotency_key=idempotency_key)

    def issue_personal_link(
        self,
        *,
        role: Literal["lecturer", "trainee"],
        identifier: str,
        days: int | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> IssuedPersonalLink:
        """为学员或教师签发个人链接 / Issue a personal link for a trainee or a lecturer."""
        return self._wire.send(
            IssuedPersonalLink,
            "POST",
            "/personal-links",
            given(role=role, identifier=identifier, days=days),
            idempotency_key=idempotency_key,
        )

    def revoke_personal_links(
        self, *, role: Literal["lecturer", "trainee"], identifier: str, idempotency_key: str | None = None
    ) -> None:
        """收回某人的全部个人链接 / Take back every personal link of one person."""
        self._wire.run(
            "POST",
            "/personal-links/revocations",
            given(role=role, identifier=identifier),
            idempotency_key=idempotency_key,
        )

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
    ) -> Account:
        """新建账号 / Create an account."""
        return self._wire.send(
            Account,
            "POST",
            "/accounts",
            given(username=username, title=title, password=password, roles=roles, units=units),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_accounts(self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET) -> AccountPage:
        """列出账号 / List accounts."""
        return self._wire.send(AccountPage, "GET", "/accounts", given(cursor=cursor, limit=limit))

    def get_account(self, *, account_id: str) -> Account:
        """查看账号 / See an account."""
        return self._wire.send(Account, "GET", "/accounts/{account_id}", given(account_id=account_id))

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
    ) -> Account:
        """调整账号的角色、单位或状态 / Change an account's roles, units or state."""
        return self._wire.send(
            Account,
            "PATCH",
            "/accounts/{account_id}",
            given(account_id=account_id, title=title, roles=roles, units=units, disabled=disabled),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def set_password(
        self, *, account_id: str, password: str, remove_totp: bool | Unset = UNSET, idempotency_key: str | None = None
    ) -> None:
        """重置账号密码 / Set an account's password."""
        self._wire.run(
            "PUT",
            "/accounts/{account_id}/password",
            given(account_id=account_id, password=password, remove_totp=remove_totp),
            idempotency_key=idempotency_key,
        )

    def unlock_account(
        self, *, account_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> Account:
        """解除账号锁定 / Unlock an account."""
        return self._wire.send(
            Account,
            "DELETE",
            "/accounts/{account_id}/lock",
            given(account_id=account_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
