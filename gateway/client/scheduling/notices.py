"""Notices of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.scheduling.types.notices import NoticeReading
from gateway.client.wire import UNSET, Caller, Unset, given


class NoticesCalls(Caller):
    """计划与排期 / Plans and scheduling: notices."""

    def read_notice(
        self, *, file: bytes, filename: str | Unset = UNSET, idempotency_key: str | None = None
    ) -> NoticeReading:
        """读取培训通知，得到计划草案（不保存） / Read a notice into a draft plan, saving nothing."""
        return self._wire.send(
            NoticeReading,
            "POST",
            "/notice-readings",
            given(file=file, filename=filename),
            idempotency_key=idempotency_key,
            upload="file",
        )
