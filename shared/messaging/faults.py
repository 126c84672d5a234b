"""Faults that only messaging knows."""

from __future__ import annotations

from shared.errors import Conflict, Fault, Unavailable
from shared.wording import Words


class UnknownOperation(Unavailable):
    """The service runs and does not know this operation: an older or newer release is still rolling out."""

    code = "unknown-operation"
    title = Words("服务尚不支持此操作", "Operation unknown to the service")


class CallTooDeep(Fault):
    """A chain of services asking services got longer than the limit (P15)."""

    code = "call-too-deep"
    status = 500
    title = Words("服务间调用层级过深", "Call chain too deep")


class PublishFailed(Unavailable):
    """The broker did not take a message, or did not say in time that it had."""

    code = "publish-failed"
    title = Words("消息未能发出", "Message not published")


class TopologyChanged(Conflict):
    """An exchange or queue exists with other arguments than the code declares (P9)."""

    code = "topology-changed"
    title = Words("消息队列声明不一致", "Queue declared differently")
