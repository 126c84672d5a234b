"""What the gateway needs from the outside."""

from __future__ import annotations

from typing import Any, Protocol

from shared.context import Context
from shared.contracts import Operation


class Rpc(Protocol):
    """A way to run an operation of a service; ``shared.messaging.RpcClient`` is one."""

    def call(self, service: str, operation: Operation, request: dict[str, Any], context: Context) -> dict[str, Any]:
        """Run the operation and return its reply, plain JSON. Raises ``Fault``."""
