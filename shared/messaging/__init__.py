"""Messaging of the platform: RPC, events, timers and dead letters over nameko's wire protocol.

Names are loaded on first use, so that a process which only calls (the gateway) never imports nameko or eventlet.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared.messaging.call import Call, Delivery
    from shared.messaging.event_handling import handles, handles_each
    from shared.messaging.relay import Relay
    from shared.messaging.rpc_client import RpcClient
    from shared.messaging.rpc_serving import serves
    from shared.messaging.timers import ticks

__all__ = ["Call", "Delivery", "Relay", "RpcClient", "handles", "handles_each", "serves", "ticks"]

_HOME = {
    "Call": "call",
    "Delivery": "call",
    "Relay": "relay",
    "RpcClient": "rpc_client",
    "handles": "event_handling",
    "handles_each": "event_handling",
    "serves": "rpc_serving",
    "ticks": "timers",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
