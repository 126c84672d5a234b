"""Asking services on a page's behalf: the same operations, with the caller of the account that looks."""

from __future__ import annotations

from typing import Any

import structlog
from flask import g

from gateway.contract import CONTRACT
from gateway.parts import here
from shared.context import Context
from shared.contracts import Operation
from shared.errors import Fault, Forbidden
from shared.messaging.permission import require_permission
from shared.security.caller import Caller

_log = structlog.get_logger("gateway")
_MOST_PAGES = 20


class Asking:
    """Asks operations by name; what cannot be had now is ``None`` and noted, so that the rest of the page stands."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self.missing: list[str] = []

    def ask(self, service: str, name: str, **request: Any) -> dict[str, Any] | None:
        """Return the reply, or ``None`` when the caller may not ask or nobody answers."""
        operation = _operation(service, name)
        if operation is None:
            return None
        try:
            require_permission(service, operation, self._caller)
            context = Context(self._caller, correlation_id=g.get("correlation_id"), traceparent=g.get("traceparent"))
            return here().rpc.call(service, operation, request, context)
        except Forbidden:
            return None
        except Fault as fault:
            _log.warning("a page lacks data", operation=f"{service}.{name}", code=fault.code)
            self.missing.append(operation.summary.zh)
            return None

    def rows(self, service: str, name: str, **request: Any) -> list[dict[str, Any]]:
        """Return all items of a list operation."""
        found: list[dict[str, Any]] = []
        for _ in range(_MOST_PAGES):
            reply = self.ask(service, name, **request)
            if reply is None:
                break
            found.extend(reply["items"])
            if not reply.get("next_cursor"):
                break
            request["cursor"] = reply["next_cursor"]
        return found


def _operation(service: str, name: str) -> Operation | None:
    for contract in (*here().contracts, CONTRACT):
        if contract.name == service:
            return next((one for one in contract.operations if one.name == name), None)
    return None
