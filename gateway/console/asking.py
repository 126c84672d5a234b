"""Asking services on a page's behalf: the same operations, with the caller of whoever looks."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
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
MOST_PAGES = 20
# A page is looked at by somebody who waits: a service that is away costs its part, not the page.
PATIENCE = timedelta(seconds=8)


@dataclass(frozen=True)
class Asked:
    """One question of a page: an operation of a service by name, and its request.

    Of a list up to ``pages`` pages are read as one; its ``next_cursor`` says whether there are more.
    """

    service: str
    name: str
    request: Mapping[str, Any] = field(default_factory=dict)
    pages: int = 1


class Asking:
    """Asks operations by name; what cannot be had now is ``None`` and noted, so that the rest of the page stands.

    ``missing`` lists what nobody answered, in Chinese; ``away`` names the services that should have. What the caller
    may not ask is ``None`` too, but not missing, and so is what is refused as it was asked: ``refused`` names those.
    """

    def __init__(self, caller: Caller, patience: timedelta = PATIENCE) -> None:
        parts = here()
        self._caller = caller
        self._patience = patience
        self._rpc = parts.rpc
        self._operations = {
            (contract.name, each.name): each
            for contract in (*parts.contracts, CONTRACT)
            for each in contract.operations
        }
        self._surroundings = {"correlation_id": g.get("correlation_id"), "traceparent": g.get("traceparent")}
        self.missing: list[str] = []
        self.away: set[str] = set()
        self.refused: set[str] = set()

    def ask(self, service: str, name: str, **request: Any) -> dict[str, Any] | None:
        """Return the reply, or ``None`` when the caller may not ask or nobody answers."""
        operation = self._operations.get((service, name))
        if operation is None:
            return None
        try:
            require_permission(service, operation, self._caller)
            return self._rpc.call(service, operation, request, self._context(operation))
        except Forbidden:
            return None
        except Fault as fault:
            _log.warning("a page lacks data", operation=f"{service}.{name}", code=fault.code)
            if fault.status >= 500:  # nobody answered; a page that asks for what is not there yet lacks nothing
                self.missing.append(operation.summary.zh)
                self.away.add(service)
            else:
                self.refused.add(f"{service}.{name}")
            return None

    def may(self, service: str, name: str) -> bool:
        """Return whether the caller's roles open an operation that is installed here."""
        operation = self._operations.get((service, name))
        return operation is not None and self._caller.holds(operation.roles)

    def together(self, questions: Mapping[str, Asked]) -> dict[str, dict[str, Any] | None]:
        """Ask several at once; the slowest decides how long the page takes, not their sum."""
        answers: dict[str, dict[str, Any] | None] = dict.fromkeys(questions)

        def one(key: str, question: Asked) -> None:
            answers[key] = self._answer(question)

        threads = [threading.Thread(target=one, args=item, daemon=True) for item in questions.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def rows(self, service: str, name: str, **request: Any) -> list[dict[str, Any]]:
        """Return all items of a list operation."""
        reply = self._answer(Asked(service, name, request, MOST_PAGES))
        return [] if reply is None else list(reply["items"])

    def _answer(self, question: Asked) -> dict[str, Any] | None:
        found: dict[str, Any] | None = None
        request = dict(question.request)
        for _ in range(question.pages):
            page = self.ask(question.service, question.name, **request)
            if page is None:
                break
            found = page if found is None else {**page, "items": [*found["items"], *page["items"]]}
            if not page.get("next_cursor"):
                break
            request["cursor"] = page["next_cursor"]
        return found

    def _context(self, operation: Operation) -> Context:
        patience = min(self._patience, timedelta(seconds=operation.timeout))
        return Context(self._caller, deadline=datetime.now(UTC) + patience, **self._surroundings)
