"""Where a call goes: the gateway's own operations stay here, all others travel to their service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gateway.contract import CONTRACT
from gateway.ports import Rpc
from shared.context import Context
from shared.contracts import Operation
from shared.contracts.schema import load

OwnOperation = Callable[[Context, dict[str, Any]], dict[str, Any]]
"""Takes the loaded request and returns what the reply schema dumps."""


class Switchboard:
    """An ``Rpc`` that answers the gateway's own operations itself."""

    def __init__(self, rpc: Rpc, own: Mapping[str, OwnOperation]) -> None:
        missing = {operation.name for operation in CONTRACT.operations} - own.keys()
        if missing:
            raise ValueError(f"the gateway declares operations that nothing answers: {sorted(missing)}")
        self._rpc, self._own = rpc, own

    def call(self, service: str, operation: Operation, request: dict[str, Any], context: Context) -> dict[str, Any]:
        """Run the operation here or there."""
        if service != CONTRACT.name:
            return self._rpc.call(service, operation, request, context)
        loaded = load(operation.request_schema, request)
        reply: dict[str, Any] = operation.reply_schema.dump(self._own[operation.name](context, loaded))
        return reply
