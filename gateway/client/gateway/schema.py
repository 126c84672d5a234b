"""Schema of Gateway: sessions, accounts, keys and events (网关：登录、账号、密钥与事件).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.wire import Caller, given


class SchemaCalls(Caller):
    """网关：登录、账号、密钥与事件 / Gateway: sessions, accounts, keys and events: schema."""

    def close_session(self, *, idempotency_key: str | None = None) -> None:
        """退出登录 / Log out."""
        self._wire.run("DELETE", "/session", given(), idempotency_key=idempotency_key)
