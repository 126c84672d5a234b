"""Messages of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.notification.types.messages import (
    Dispatch,
    DispatchPage,
    DispatchWords,
    MessagePage,
    MessagesSummary,
)
from gateway.client.wire import UNSET, Caller, Download, Unset, given


class MessagesCalls(Caller):
    """函件与送达 / Notification: messages."""

    def list_messages(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        term_id: str | Unset = UNSET,
        rule: str | Unset = UNSET,
        recipient: str | Unset = UNSET,
        state: Literal["waiting", "dispatched", "reached", "phone", "cancelled"] | Unset = UNSET,
    ) -> MessagePage:
        """查询消息 / List messages."""
        return self._wire.send(
            MessagePage,
            "GET",
            "/messages",
            given(
                cursor=cursor,
                limit=limit,
                unit_id=unit_id,
                term_id=term_id,
                rule=rule,
                recipient=recipient,
                state=state,
            ),
        )

    def list_dispatches(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        recipient: str | Unset = UNSET,
        state: Literal["waiting", "sending", "underway", "reached", "phone", "cancelled"] | Unset = UNSET,
        channel: str | Unset = UNSET,
        channel_state: Literal["waiting", "sending", "underway", "reached", "failed", "skipped"] | Unset = UNSET,
    ) -> DispatchPage:
        """查询消息发送情况 / List dispatches with the state of each channel."""
        return self._wire.send(
            DispatchPage,
            "GET",
            "/dispatches",
            given(
                cursor=cursor,
                limit=limit,
                unit_id=unit_id,
                recipient=recipient,
                state=state,
                channel=channel,
                channel_state=channel_state,
            ),
        )

    def get_dispatch(self, *, dispatch_id: str) -> DispatchWords:
        """查看一次发送的内容（留痕） / Show the words of a dispatch; the view is audited."""
        return self._wire.send(DispatchWords, "GET", "/dispatches/{dispatch_id}", given(dispatch_id=dispatch_id))

    def get_dispatch_page(self, *, dispatch_id: str) -> Download:
        """下载传真页（留痕） / Download a dispatch as a page to fax; the view is audited."""
        return self._wire.download("GET", "/dispatches/{dispatch_id}/page", given(dispatch_id=dispatch_id))

    def record_outcome(
        self,
        *,
        dispatch_id: str,
        channel: str,
        outcome: Literal["reached", "bounced", "failed"],
        note: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Dispatch:
        """登记渠道的最终结果（退信、传真） / Write down what became of a sending later."""
        return self._wire.send(
            Dispatch,
            "POST",
            "/dispatches/{dispatch_id}/outcomes",
            given(dispatch_id=dispatch_id, channel=channel, outcome=outcome, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def messages_summary(self) -> MessagesSummary:
        """消息统计 / Messages in figures."""
        return self._wire.send(MessagesSummary, "GET", "/messages-summary", given())
