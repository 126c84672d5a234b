"""Schemas: objects of Gateway: sessions, accounts, keys and events (网关：登录、账号、密钥与事件).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Account(TypedDict):
    """An account without its password."""

    account_id: str
    username: str
    title: str
    roles: list[str]
    units: list[str]
    totp: bool
    disabled: bool
    locked_until: str | None
    last_login_at: str | None
    created_at: str
    version: int


class AccountPage(TypedDict):
    """One page of Account."""

    items: list[Account]
    next_cursor: NotRequired[str | None]


class IssuedKey(TypedDict):
    """A new key. ``key`` is shown this once; a repeated request (same idempotency key) answers null."""

    key_id: str
    label: str
    roles: list[str]
    units: list[str]
    scopes: list[str] | None
    created_by: str
    created_at: str
    expires_at: str
    revoked_at: str | None
    last_used_at: str | None
    key: str | None


class IssuedPersonalLink(TypedDict):
    """A link in the clear: ``path`` at the gateway, or ``token`` as a bearer token."""

    token: str
    path: str
    expires_at: str


class Key(TypedDict):
    """An API key without its secret."""

    key_id: str
    label: str
    roles: list[str]
    units: list[str]
    scopes: list[str] | None
    created_by: str
    created_at: str
    expires_at: str
    revoked_at: str | None
    last_used_at: str | None


class KeyPage(TypedDict):
    """One page of Key."""

    items: list[Key]
    next_cursor: NotRequired[str | None]


class Session(TypedDict):
    """Who is logged in and until when; ``csrf_token`` goes back in ``X-CSRF-Token`` with every change."""

    account_id: str
    username: str
    title: str
    roles: list[str]
    units: list[str]
    totp: bool
    csrf_token: str
    expires_at: str


class TotpSecret(TypedDict):
    """The secret for an authenticator app; it counts from the first confirmed code."""

    secret: str
    uri: str
